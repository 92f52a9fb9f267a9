"""Documents that parts (provinces) handed in made into the figures of the whole; what may not be mixed is kept apart and told. How: `joining.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtqg_cli.aggregate.joining import Joining, Reasons, Split, way_of
from mtqg_cli.aggregate.reckoning import Reckoning, key_of
from mtqg_cli.reference.handed_in import NotAdded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mtqg_cli.aggregate.fitting import Whole
    from mtqg_cli.aggregate.handed_in import Document, Given
    from mtqg_cli.aggregate.joining import Parts
    from mtqg_cli.aggregate.reckoning import Key
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.reference.indicator import IndicatorEntry
    from mtqg_cli.reference.request import Request

#: Ways of joining in which a part that is not there leaves no gap.
_LEAVES = frozenset({"sum", "plan"})
_OTHERWISE = "có thành phần không cộng được"


@dataclass(frozen=True, slots=True)
class Merged:
    """The figures of the whole and of its parts in the order of the book, and openly what of the whole could not be told.

    `handed_on` has, by key, the text that a figure was printed as where it was handed in, and how many cells are blank behind it.
    """

    figures: tuple[Figure, ...]
    handed_on: Mapping[Key, tuple[str | None, int]]
    not_added: tuple[NotAdded, ...]


def in_order(documents: Iterable[Document]) -> list[Document]:
    """By the first unit in them: the order in which they are named makes no difference."""
    return sorted(documents, key=lambda each: (min(part.code for part in each.covers), each.checksum))


def merge(documents: Sequence[Document], request: Request, whole: Whole) -> Merged:
    """The figures of the whole from those of its parts.

    A part without data adds nothing and is among the sources as unknown; where all are without, so is the whole.
    """
    ordered = in_order(documents)
    given: dict[str, dict[Split, Parts]] = {}
    for place, each in enumerate(ordered):
        for one in each.whole:
            given.setdefault(one.figure.id, {}).setdefault(one.key[2], {})[place] = one
    joining = Joining(request, ordered, given, Reckoning(request, {}))
    shown = list(_below(ordered, whole))
    communes = {unit.code for unit in request.communes}
    for one in shown:
        if one.figure.scope in communes:
            joining.reckoning.add(one.figure)
    told = {*given, *(each.id for one in ordered for each in one.header.not_added)}
    not_added = tuple(each for entry in request.book.behind(request.book.indicators) if entry.id in told for each in _make(joining, entry))
    rank = {name: place for place, name in enumerate(request.book.indicators)}
    made = [figure for figure in joining.reckoning.figures.values() if figure.scope is None]
    figures = sorted([*made, *(one.figure for one in shown)], key=lambda each: rank[each.id])
    handed_on: dict[Key, tuple[str | None, int]] = {key: (None, count) for key, count in joining.unknown.items()}
    handed_on |= {one.key: (one.text, one.unknown) for one in shown}
    return Merged(tuple(figures), handed_on, tuple(sorted(not_added, key=lambda each: rank[each.id])))


def _below(documents: Sequence[Document], whole: Whole) -> Iterator[Given]:
    """The figures of the parts under their codes, of an earlier merge into the same whole those of its own parts; communes as they are."""
    for each in documents:
        code = each.header.unit.code
        same = code == whole.unit.code
        inner = frozenset() if same else {part.code for part in each.header.parts}
        if not same:
            yield from each.whole
        yield from (one for one in each.below if one.figure.scope not in inner)


def _make(joining: Joining, entry: IndicatorEntry) -> Iterator[NotAdded]:
    """Enters the figures of the whole for an indicator; gives what cannot be told."""
    splits = joining.given.get(entry.id, {})
    apart = _apart(joining, entry)
    reasons: Reasons = {**_before(joining, entry), **(dict.fromkeys(splits, apart) if apart else {})}
    if splits and not apart:
        for figure in joining.join(entry, reasons):
            if tuple(sorted(figure.by.items())) not in reasons:
                joining.reckoning.add(figure)
    for split in dict.fromkeys([*splits, *reasons]):
        if key_of(entry.id, None, dict(split)) not in joining.reckoning.figures:
            yield NotAdded(id=entry.id, label=joining.request.words(entry.label), by=dict(split), reason=reasons.get(split, _OTHERWISE))


def _before(joining: Joining, entry: IndicatorEntry) -> Reasons:
    """What an earlier merge could not tell cannot be told from it."""
    return {tuple(sorted(each.by.items())): each.reason for document in joining.documents for each in document.header.not_added if each.id == entry.id}


def _apart(joining: Joining, entry: IndicatorEntry) -> str:
    """Why no figure of an indicator may be added: the parts mean different things by it. Nothing if they may."""
    book, settings = joining.request.book, [each.header.settings for each in joining.documents]
    behind = book.behind([entry.of] if entry.when else [entry.id])
    datasets = {name for each in behind for name in each.datasets}
    poverty = any(form.by_poverty_line and form.data in datasets for form in book.forms.values()) or (entry.measure == "plan" and entry.group == "giam-ngheo")
    if poverty and len({line for each in settings for line in each.poverty_lines}) > 1:
        return "các đơn vị đo theo chuẩn nghèo khác nhau"
    if any(each.measure == "bands" for each in behind) and len({each.bands for each in settings}) > 1:
        return "các đơn vị chia nhóm theo số tiêu chí khác nhau"
    if any(each.setting for each in behind) and len({each.absolute_exit for each in settings}) > 1:
        return "các đơn vị khai cách tính khác nhau (absolute_exit)"
    return _gap(joining, datasets) if way_of(entry) not in _LEAVES else ""


def _gap(joining: Joining, datasets: Iterable[str]) -> str:
    """What is divided, or taken from each other, must be of the same parts: a form that only some of them use leaves a gap."""
    for name in sorted(datasets):
        without = [each.header.unit.name for each in joining.documents if name not in each.header.settings.datasets]
        if 0 < len(without) < len(joining.documents):
            form = next(form for form in joining.request.book.forms.values() if form.data == name)
            return f"{', '.join(without)} không dùng biểu “{form.title}”"
    return ""
