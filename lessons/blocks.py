"""What a lesson is made of. Each block has an icon, a sentence for the author, and one template."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

PROSE = ["bold", "italic", "ol", "ul", "link", "document-link"]


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(features=PROSE, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Running text. Italics are words that somebody says.")
        template = "lessons/blocks/text.html"


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Begins a section; the list beside the lesson is made of these.")
        template = "lessons/blocks/heading.html"


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("picture"))
    alt = blocks.CharBlock(label=_("what the picture shows"), help_text=_("For people who do not see it."))
    caption = blocks.CharBlock(label=_("caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with a text for people who do not see it.")
        template = "lessons/blocks/picture.html"


class TurnBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("name"))
    say = blocks.TextBlock(label=_("says"), rows=2)


class TurnsBlock(blocks.StreamBlock):
    theirs = TurnBlock(label=_("The other person"), icon="user")
    mine = TurnBlock(label=_("We"), icon="comment")
    aside = blocks.TextBlock(label=_("Remark"), icon="help", rows=2)


class DialogueBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    turns = TurnsBlock(label=_("turns"), min_num=2)

    class Meta:
        icon = "group"
        label = _("Conversation")
        description = _("A conversation set as one: the other person, we, and remarks between.")
        template = "lessons/blocks/dialogue.html"


class PrincipleBlock(blocks.StructBlock):
    principle = SnippetChooserBlock("lessons.Principle", label=_("guiding principle"))

    class Meta:
        icon = "openquote"
        label = _("Guiding principle")
        description = _("The principle this lesson serves; people acknowledge it here.")
        template = "lessons/blocks/principle.html"


class GoodAnswerBlock(blocks.StructBlock):
    say = blocks.TextBlock(label=_("a good answer"), rows=2)
    why = blocks.TextBlock(label=_("what it does well"), rows=2)


class TryItBlock(blocks.StructBlock):
    task = blocks.TextBlock(label=_("task"), rows=3, help_text=_("A minute’s work."))
    answers = blocks.ListBlock(GoodAnswerBlock(), label=_("good answers"), min_num=2)

    class Meta:
        icon = "edit"
        label = _("Try it")
        description = _("A task of a minute, then two or three good answers. What people write stays on their device.")
        template = "lessons/blocks/try_it.html"


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    text = blocks.TextBlock(label=_("text"), rows=4)

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        description = _("A number, a rule of thumb, or what is contested.")
        template = "lessons/blocks/callout.html"


class MediaBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(label=_("kind"), choices=[("video", _("video")), ("audio", _("audio"))])
    title = blocks.CharBlock(label=_("title"))
    file = DocumentChooserBlock(label=_("file"), help_text=_("mp4 or mp3"))
    captions = DocumentChooserBlock(
        label=_("captions"), required=False, help_text=_("A vtt file; needed for a video with speech.")
    )
    transcript = blocks.TextBlock(
        label=_("transcript"), rows=8, help_text=_("Every word, for people who do not hear it.")
    )

    class Meta:
        icon = "media"
        label = _("Video or audio")
        description = _("A recording with its transcript.")
        template = "lessons/blocks/media.html"


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("document"))
    label = blocks.CharBlock(label=_("label"))

    class Meta:
        icon = "download"
        label = _("Download")
        description = _("A document to take along.")
        template = "lessons/blocks/download.html"


class SourcesBlock(blocks.RichTextBlock):
    class Meta:
        icon = "list-ul"
        label = _("Sources")
        description = _("Author, year, title.")
        template = "lessons/blocks/sources.html"


class LessonBody(blocks.StreamBlock):
    """The body of a lesson. ``quiz`` only marks a spot: a quiz points down at its lesson, never the other way round."""

    text = TextBlock()
    heading = HeadingBlock()
    picture = PictureBlock()
    dialogue = DialogueBlock()
    principle = PrincipleBlock()
    try_it = TryItBlock()
    callout = CalloutBlock()
    media = MediaBlock()
    download = DownloadBlock()
    sources = SourcesBlock(features=["bold", "italic", "ul", "link"])
    quiz = blocks.StaticBlock(
        icon="tasks",
        label=_("The practice questions go here"),
        admin_text=_("The lesson’s practice questions appear here."),
        template="lessons/blocks/quiz.html",
    )
