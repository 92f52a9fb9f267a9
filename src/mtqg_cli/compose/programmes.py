"""What templates know of the programmes: their figures, their projects with the unit's own words, capital by source and kind, works by type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.compose.charts import project_chart
from mtqg_cli.compose.index import figure_fields
from mtqg_cli.core.figure import Text
from mtqg_cli.core.report import Field, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mtqg_cli.compose.index import Index
    from mtqg_cli.core.report import Value
    from mtqg_cli.reference.book import Book
    from mtqg_cli.reference.programme import Programme, Project
    from mtqg_cli.reference.quantity import Choice
    from mtqg_cli.reference.request import Request

#: The families of programmes that have a name of their own in templates.
FAMILIES = {"ntm": "Chương trình xây dựng nông thôn mới", "gnbv": "Chương trình giảm nghèo bền vững", "dtts": "Chương trình DTTS&MN"}
#: The listing with the unit's words on projects.
_NOTES = "thuyet_minh_du_an"
#: Lists by the choices of a column: the field of the split, the dataset that it is a column of, what the list is.
_BY_CHOICE = {
    "nguon": ("source", "von", "Vốn theo nguồn"),
    "loai_von": ("kind", "von", "Vốn theo loại: đầu tư phát triển, sự nghiệp"),
    "loai_cong_trinh": ("type", "cong-trinh", "Công trình theo loại"),
}


def programme_fields(book: Book) -> dict[str, Field]:
    """The names in the record of a programme."""
    project = {
        "ma": _text("Mã dự án"),
        "ten": _text("Tên dự án"),
        "cap": _text("Cấp: du_an, tieu_du_an, noi_dung"),
        "ma_cha": _text("Mã dự án mà tiểu dự án thuộc về; để trống nếu là dự án"),
        "ten_cha": _text("Tên dự án mà tiểu dự án thuộc về"),
        "dau_nhom": Field("Là tiểu dự án đầu tiên được nêu của một dự án không có số liệu riêng", "flag"),
        "thuyet_minh": Field("Thuyết minh của đơn vị về dự án", "list"),
        **figure_fields(book, ("programme", "project")),
    }
    group = {
        "ma": _text("Mã dự án"),
        "ten": _text("Tên dự án"),
        "thuyet_minh": Field("Thuyết minh của đơn vị về dự án", "list"),
        **figure_fields(book, ("programme", "project_group")),
        "tieu_du_an": Field("Các tiểu dự án có số liệu; không có nếu dự án không chia tiểu dự án", "list", project),
    }
    return {
        "ma": _text("Mã chương trình"),
        "ten": _text("Tên của chương trình trong câu"),
        "ten_ngan": _text("Tên ngắn của chương trình"),
        "ten_day_du": _text("Tên đầy đủ của chương trình"),
        "ho": _text("Họ chương trình: ntm, gnbv, dtts"),
        **figure_fields(book, ("programme",)),
        "du_an": Field("Các dự án, tiểu dự án có số liệu hoặc thuyết minh", "list", project),
        "nhom_du_an": Field("Các dự án, gồm cả tiểu dự án cộng lại", "list", group),
        **choice_fields(book, ("programme",)),
        "bieu_do_du_an": Field("Kế hoạch vốn và giải ngân theo dự án của chương trình", "chart"),
    }


def choice_fields(book: Book, beside: tuple[str, ...] = ()) -> dict[str, Field]:
    """The lists by source, kind and type, of a programme or of the whole."""
    names = {"ma": _text("Mã"), "ten": _text("Tên như trong biểu"), "ten_day_du": _text("Tên đầy đủ")}
    return {name: Field(label, "list", {**names, **figure_fields(book, (*beside, field))}) for name, (field, _, label) in _BY_CHOICE.items()}


def programme_record(index: Index, programme: Programme, listings: Mapping[str, tuple[Record, ...]]) -> Record:
    """The values of `programme_fields`."""
    notes = _notes(programme, listings.get(_NOTES, ()))
    codes = index.values_of("project", {"programme": programme.id})
    told = [each for each in programme.projects if each.code in codes]
    first = {each.parent: each.code for each in reversed(told) if each.parent not in {one.code for one in told}}
    projects = {each.code: _project(index, programme, each, notes.get(each.code, ()), first) for each in told}
    about: dict[str, Value] = {
        "ma": programme.id,
        "ten": programme.name,
        "ten_ngan": programme.short,
        "ten_day_du": programme.title,
        "ho": programme.family,
    }
    by = {"programme": programme.id}
    groups = tuple(_group(index, programme, each, projects) for each in programme.projects if not each.parent and _within(programme, each) & projects.keys())
    values = {**about, **index.split(by), "du_an": tuple(projects.values()), "nhom_du_an": groups, **choice_lists(index, by)}
    return Record({**values, "bieu_do_du_an": project_chart(values)})


def family_record(index: Index, family: str, programmes: Mapping[str, Record]) -> Record:
    """The programme of a family, from the records by id; where none is in use, the same names without data."""
    known = next((each for key, each in programmes.items() if index.request.book.programmes[key].family == family), None)
    if known is not None:
        return Record({**known.values, "co": True})
    about: dict[str, Value] = {"ma": "", "ten": "", "ten_ngan": "", "ten_day_du": "", "ho": family, "co": False}
    values = {**about, **index.split({"programme": ""}), "du_an": (), "nhom_du_an": (), **dict.fromkeys(_BY_CHOICE, ())}
    return Record({**values, "bieu_do_du_an": project_chart(values)})


def choice_lists(index: Index, by: Mapping[str, str]) -> dict[str, Value]:
    """The lists of `choice_fields`: the sources, kinds and types that there are, in the order of their form."""
    lists: dict[str, Value] = {}
    for name, (field, dataset, _) in _BY_CHOICE.items():
        found = index.values_of(field, by)
        choices = [choice for choice in _choices_of(index.request, dataset, field) if choice.id in found]
        lists[name] = tuple(
            Record({"ma": choice.id, "ten": choice.label, "ten_day_du": next(iter(choice.aliases), choice.label), **index.split({**by, field: choice.id})})
            for choice in choices
        )
    return lists


def _choices_of(request: Request, dataset: str, field: str) -> tuple[Choice, ...]:
    """The choices of a dataset's column."""
    quantities = (form.quantity(field) for form in request.forms if form.data == dataset)
    return next((quantity.choices for quantity in quantities if quantity is not None), ())


def _project(index: Index, programme: Programme, project: Project, notes: tuple[Text, ...], first: Mapping[str, str]) -> Record:
    """`first` are the codes of the first tiểu dự án by their dự án, where that has no entry of its own."""
    about: dict[str, Value] = {
        "ma": project.code,
        "ten": project.name,
        "cap": project.kind,
        "ma_cha": project.parent,
        "ten_cha": next((each.name for each in programme.projects if each.code == project.parent), ""),
        "dau_nhom": bool(project.parent) and first.get(project.parent) == project.code,
        "thuyet_minh": notes,
    }
    return Record({**about, **index.split({"programme": programme.id, "project": project.code})})


def _group(index: Index, programme: Programme, project: Project, projects: Mapping[str, Record]) -> Record:
    """A dự án with all that belongs to it; one that is not divided is its own sum."""
    divided = _within(programme, project) != {project.code}
    by = {"programme": programme.id, "project_group": project.code}
    own = projects.get(project.code)
    values = index.split(by)
    if not divided and own is not None:
        values = {name: own.values[name] for name in values}
    parts = tuple(projects[each.code] for each in programme.parts if each.parent == project.code and each.code in projects)
    notes = own.values["thuyet_minh"] if own is not None else ()
    return Record({"ma": project.code, "ten": project.name, "thuyet_minh": notes, **values, "tieu_du_an": parts})


def _within(programme: Programme, project: Project) -> set[str]:
    """The codes of a dự án and of what belongs to it."""
    return {project.code, *(each.code for each in programme.parts if each.parent == project.code)}


def _notes(programme: Programme, told: Iterable[Record]) -> dict[str, tuple[Text, ...]]:
    """The unit's words by project. A listing says what a drop-down shows: a programme's short name."""
    notes: dict[str, tuple[Text, ...]] = {}
    for record in told:
        shown, code, text = (record.values[name] for name in ("chuong_trinh", "du_an", "noi_dung"))
        if isinstance(shown, Text) and isinstance(code, Text) and isinstance(text, Text) and text.value and shown.value == programme.short:
            notes[code.value] = (*notes.get(code.value, ()), text)
    return notes


def _text(label: str) -> Field:
    return Field(label, "text")
