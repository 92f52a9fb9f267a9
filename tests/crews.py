"""A run over projects by whichever crew, without what a command says of it."""

from __future__ import annotations

from datetime import UTC, datetime

from mtqg_cli.batch.flow import Asked, Flow
from mtqg_cli.batch.orders import load_orders
from mtqg_cli.reading import keep

FACTS = '[[job]]\nproject = "du-an/*"\nperiod = "6m2024"\nformats = "json"\n'


class Keeper:
    """Stores what is read, as a run does."""

    def __init__(self):
        self.kept = 0

    def enter(self, _):
        return True

    def leave(self, _):
        pass

    def heed(self):
        pass

    def keep(self, project, packed):
        self.kept += len(packed)
        keep(project, packed)


def run(jobs, crew, after=lambda: None):
    """Each order with what was made of it, and who kept what was read; `after` is called with each."""
    keeper, made = Keeper(), []
    try:
        for order, job in Flow(load_orders(jobs), crew, keeper, Asked((), lambda: datetime(2024, 6, 20, tzinfo=UTC))).results():
            made.append((order, job.made))
            after()
        return made, keeper
    finally:
        crew.close()


def told(results):
    return [(order.number, made.status, made.exit_code, made.message, [(each.name, each.content) for each in made.artifacts]) for order, made in results]


def forget(tmp_path):
    for each in tmp_path.glob("du-an/*/.mtqg/*"):
        each.unlink()
