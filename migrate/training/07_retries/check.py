"""As many attempts as Dagster, and no page that nobody heard of?"""

import os

CASES = {"slow": ("slow", True), "closed": ("closed", True), "unheard": ("slow", False)}


def check(learner):
    os.environ["PAGE"] = str(learner.folder)
    flow = learner.code()
    learner.has(flow, "news", "prices", "publish", "ATTEMPTS", "page")
    for name, case in CASES.items():
        dagster = learner.dagster[name]
        flow.ATTEMPTS.clear()
        flow.page().unlink(missing_ok=True)
        state = learner.state(flow.news, *case)
        attempts = len(flow.ATTEMPTS)
        todo = "TODO 1: " if name != "unheard" else "TODO 2 and 3: "
        learner.require(
            attempts == dagster["attempts"],
            f"{todo}a {case[0]} feed is asked {dagster['attempts']} times by Dagster, {attempts} by you",
        )
        learner.require(
            state.is_completed() == dagster["success"],
            f"{todo}{name}: Dagster's run {'succeeds' if dagster['success'] else 'fails'}, yours does not",
        )
        learner.require(
            flow.page().is_file() == dagster["page"],
            f"{todo}{name}: a page that could not be announced must be taken down again"
            if flow.page().is_file()
            else f"{todo}{name}: the page is missing",
        )
