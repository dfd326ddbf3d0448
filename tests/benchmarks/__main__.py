"""Prints every figure, one a line."""

from tests.benchmarks import estimating, saving

if __name__ == "__main__":
    estimating.main()
    saving.main()
