"""What an office with a programmer would write instead: openpyxl through pandas, fixed positions, docxtpl. No checks at all.

It reads the same workbooks and prints the same figures and the same five annex tables as the so-ket report:
python benchmarks/plain_script.py PROJECT TEMPLATE OUT
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from docxtpl import DocxTemplate

FUNDS = ["stt", "programme", "project", "name", "source", "kind", "carried", "year", "plan", "allocated", "paid_carried", "paid_year", "paid", "note"]
POVERTY = ["stt", "village", "opening", "a", "b", "c", "d", "e", "f", "g", "closing"]
WORKS = ["stt", "name", "programme", "project", "type", "start", "stage", "owner", "investment", "plan", "paid"]


def number(value: float, decimals: int = 0) -> str:
    """A number the Vietnamese way."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def block(sheets: dict[str, pd.DataFrame], name: str, first: int, last: int, names: list[str]) -> pd.DataFrame:
    """The rows of a sheet that hold data, under names of columns."""
    frame = sheets[name].iloc[first - 1 : last, : len(names)]
    frame.columns = names[: frame.shape[1]]
    return frame[frame[names[1]].notna()]


def read(folder: Path) -> dict[str, dict[str, pd.DataFrame]]:
    """All sheets of all workbooks of a period."""
    return {path.stem: pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl") for path in sorted(folder.glob("*.xlsx"))}  # noqa: TID251


def context(project: Path) -> dict[str, object]:
    """Every figure and table of the report."""
    now, before = read(project / "data" / "6m2024"), read(project / "data" / "2023")
    communes = {name: sheets for name, sheets in now.items() if name != "don-vi"}
    funds = [block(sheets, "Biểu 04", 10, 49, FUNDS) for sheets in communes.values()] + [block(now["don-vi"], "Biểu 15", 10, 49, FUNDS)]
    money = pd.concat(funds)
    figures = ["carried", "year", "plan", "allocated", "paid_carried", "paid_year", "paid"]
    money[figures] = money[figures].astype(float)
    by_programme = money.groupby("programme")[figures].sum()
    poor = {name: block(sheets, "Biểu 02", 10, 49, POVERTY) for name, sheets in communes.items()}
    near = {name: block(sheets, "Biểu 03", 10, 49, POVERTY) for name, sheets in communes.items()}
    households = {name: float(sheets["Biểu 06"].iloc[8, 3]) for name, sheets in communes.items()}
    total = sum(households.values())
    poor_sums = {name: frame[["opening", "closing"]].astype(float).sum() for name, frame in poor.items()}
    near_sums = {name: frame[["opening", "closing"]].astype(float).sum() for name, frame in near.items()}
    counts = [sum(sums[name][column] for name in sums) for sums in (poor_sums, near_sums) for column in ("opening", "closing")]
    pairs = [(float(sheets["Biểu 06"].iloc[10, 3]), sheets["Biểu 06"].iloc[12, 3]) for name, sheets in before.items() if name != "don-vi"]
    known = [(weight, float(income)) for weight, income in pairs if not isinstance(income, str) and pd.notna(income)]
    income = sum(weight * value for weight, value in known) / sum(weight for weight, _ in known)
    works = pd.concat([block(sheets, "Biểu 05", 9, 33, WORKS).assign(commune=name) for name, sheets in communes.items()])
    plans = now["don-vi"]["Biểu 11"].iloc[8:20, 4].dropna().astype(float).tolist()
    marks = {name: int((sheets["Biểu 01"].iloc[8:79, 5] == "Đạt").sum()) for name, sheets in communes.items() if "Biểu 01" in sheets}
    recognised = now["don-vi"]["Biểu 12"].iloc[8:38, 1:4].dropna()
    pending = recognised[recognised[3] == "Đang trình"].groupby(2)[1].apply(list).to_dict()
    return {
        "ntm": number(by_programme.loc["Nông thôn mới", "plan"]),
        "paid": number(by_programme.loc["DTTS&MN", "paid"]),
        "plan": number(by_programme.loc["DTTS&MN", "plan"]),
        "rate": number(by_programme.loc["DTTS&MN", "paid"] / by_programme.loc["DTTS&MN", "plan"] * 100, 1),
        "income": number(income, 1),
        "counts": [number(value) for value in counts],
        "rates": [number(value / total * 100, 2) for value in counts],
        "falls": [number(counts[0] - counts[1]), number(counts[2] - counts[3])],
        "against": [number((counts[0] - counts[1]) / plans[0] * 100, 2), number((counts[2] - counts[3]) / plans[1] * 100, 2)],
        "pending": pending,
        "fund_rows": rows(money.groupby(["programme", "project"])[figures].sum().reset_index()),
        "poor_rows": [[name, number(households[name]), *(number(value) for value in poor_sums[name])] for name in poor],
        "near_rows": [[name, number(households[name]), *(number(value) for value in near_sums[name])] for name in near],
        "criteria_rows": [[name, str(value)] for name, value in marks.items()],
        "work_rows": rows(works[["name", "commune", "programme", "type", "start", "stage", "owner", "investment", "plan", "paid"]]),
        "texts": now["don-vi"]["Biểu 14"].iloc[8:68, 2].dropna().tolist(),
    }


def rows(frame: pd.DataFrame) -> list[list[str]]:
    """A frame as the texts of table rows."""
    return [[number(value) if isinstance(value, float | int) else str(value) for value in row] for row in frame.itertuples(index=False)]


def main(project: Path, template: Path, out: Path) -> None:
    """Fills the template."""
    document = DocxTemplate(template)
    document.render(context(project))
    document.save(out)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
