"""Print the digests of a topic's quiz answers, to be put into its public module.

    python -m tools.quiz_digest TOPIC

The answers stand in autograder/checks/<topic>.py; students only get the digests.
"""

from __future__ import annotations

import sys

from autograder.checks.hidden import hidden_answers
from course_lib.checks.cases import Quiz, declarations, digest

__all__ = ["digests_of", "main"]


def digests_of(quiz: Quiz) -> dict[str, str]:
    """What `digests=` of the quiz must be. Raises ValueError if an answer cannot be read."""
    answers = hidden_answers(quiz.name)
    unread = [item for item in quiz.items if quiz.items[item].normal(answers.get(item)) is None]
    if unread:
        raise ValueError(f"{quiz.name}: the answer to {unread[0]} is missing or cannot be read")
    return {
        item: digest(quiz.name, item, question.normal(answers[item]))
        for item, question in quiz.items.items()
    }


def main(arguments: list[str]) -> int:
    """Print the digests of every quiz of the named topics."""
    if not arguments:
        print("usage: python -m tools.quiz_digest TOPIC (such as multilayer_perceptrons)")
        return 2
    for topic in arguments:
        for made in declarations(topic):
            if isinstance(made, Quiz):
                print(f"{made.name}: digests={digests_of(made)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
