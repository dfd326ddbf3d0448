from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"

    def ready(self) -> None:
        # The house's one signal: quizzes says that an attempt is marked, training writes the ledger.
        from quizzes.signals import attempt_marked  # noqa: PLC0415 - models load after the app registry
        from training.checking import record_evidence  # noqa: PLC0415

        attempt_marked.connect(record_evidence, dispatch_uid="training.record_evidence")
