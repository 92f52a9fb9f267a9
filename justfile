# Everything that a contributor runs, one line each.

# what CI runs
check:
    bash .ci/run

test *ARGS:
    .venv/bin/pytest {{ARGS}}

lint:
    .venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports

format:
    .venv/bin/ruff format . && .venv/bin/ruff check --fix .

# the sample workbooks from their specifications
samples:
    .venv/bin/python sample_data/make.py

# the shipped Word templates from their script
templates:
    .venv/bin/python scripts/make_templates.py

# docs/reference and the outputs in README
docs:
    .venv/bin/python scripts/make_docs.py

bench:
    .venv/bin/python benchmarks/district_report.py

# the findings in tests/cases as they are now: read the difference
cases:
    .venv/bin/python scripts/update_cases.py

# the pictures in README
images:
    .venv/bin/python scripts/make_images.py

# constraints.txt from the versions that are installed: after the tests have passed with them
pins:
    .venv/bin/python scripts/make_constraints.py
