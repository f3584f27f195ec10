"""0 done; 1 the input or the run failed; 2 what was asked for cannot be, whatever the input."""

import pytest

from tests.support.storm import posts, write_jsonl

#: What stands in a folder of its own: see `place`. {} are the files there.
DONE = """
--help
--version
formats
info
info mine
classify no-tram
classify no-tram --as jsonl
classify no-tram -o labels.tsv
explain no-tram
explain no-tram -o why.html
label good.jsonl -o out.csv
label good.jsonl -o out.xlsx --lang en --min-confidence 0.5
label table.csv -o out.csv -O text=body -O keep_text=no
label table.csv -o out.csv --keep-text
label table.csv -o out.csv --excel
label table.csv -o out.csv --excel --semicolon
label table.csv -o - --excel
label one-bad-row.jsonl -o out.csv
label good.jsonl table.csv -o out.csv
label g*.jsonl *row.jsonl -o out.csv
train table.csv -o model --label stance
"""
FAILED = """
label gone.zip -o out.csv
label folder -o out.csv
label *.nope -o out.csv
label good.jsonl picture.pdf -o out.csv
label good.jsonl -o taken.csv
label good.jsonl -o folder/kept.csv/out.csv
label good.jsonl -o out.csv --select id,nope
label table.csv -o out.csv -O text=nope
label only-bad-rows.jsonl -o out.csv -f jsonl
label cut.json -o out.csv
label one-bad-row.jsonl -o out.csv --on-error stop
label picture.pdf -o out.csv
classify no-tram -o taken.csv
explain no-tram -o taken.html
train gone.csv -o model
train table.csv -o model
train table.csv -o folder --label stance
train table.csv -o model --label stance --extra gone.csv
audit --templates gone.tsv
"""
MISUSED = """
bogus
--bogus
formats all
info nope
info a b
classify --as xml no-tram
classify --min-confidence 60 no-tram
classify --model nope no-tram
classify -o labels no-tram
classify -o labels.pdf no-tram
classify -o labels.csv --as jsonl no-tram
classify -o labels.csv --as table no-tram
classify --bogus no-tram
explain
explain no-tram -o why.csv
explain no-tram --model nope
label
label good.jsonl
label -o out.csv
label good.jsonl -o out.pdf
label good.jsonl -o out.csv --bogus
label good.jsonl -o out.csv --model nope
label good.jsonl -o out.csv --format nope
label good.jsonl -o out.csv -O no-value
label good.jsonl -o out.csv -O nope=1
label good.jsonl -o out.csv -O day_first=perhaps
label table.csv -o out.csv -O encoding=nope
label good.jsonl -o out.csv --on-error panic
label good.jsonl -o out.csv --only mine
label good.jsonl -o out.csv --since soon
label good.jsonl -o out.csv --since 2024-05-02 --until 2024-05-01
label good.jsonl -o out.csv --lang ,
label good.jsonl -o out.csv --min-confidence 2
label good.jsonl -o out.csv --jobs 0
label good.jsonl -o out.csv --jobs many
label good.jsonl -o out.csv --engine spark
label good.jsonl -o out.csv --workers 2
label good.jsonl -o out.csv --scheduler tcp://127.0.0.1:1
label good.jsonl -o out --engine dask --jobs 2
label - -o out --engine dask
label - good.jsonl -o out.csv
label good.jsonl -o out.xlsx --excel
label good.jsonl -o out --excel
label good.jsonl -o out.csv --semicolon
label good.jsonl -o out --engine dask --excel
train
train table.csv
train table.csv -o model --seed -1
train table.csv -o model --label stance --format nope
train table.csv -o model --label stance -O nope=1
audit -n 0
audit --seed -1
audit -o cases.pdf
audit --model nope
"""
CASES = [
    (line, code)
    for code, lines in enumerate((DONE, FAILED, MISUSED))
    for line in lines.strip().split("\n")
]


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with a file of every kind that the commands are given."""
    monkeypatch.chdir(tmp_path)
    write_jsonl(tmp_path / "good.jsonl", posts(20))
    write_jsonl(tmp_path / "one-bad-row.jsonl", [*posts(20), "{broken"])
    write_jsonl(tmp_path / "only-bad-rows.jsonl", ["{broken", '{"text": 1'])
    items = ",\n".join(f'{{"id": "{n}", "text": "row {n}"}}' for n in range(9))
    (tmp_path / "cut.json").write_text(f'[{items},\n{{"id": "9", "te', encoding="utf-8")
    rows = "".join(f"text {n},{('critical', 'neutral')[n % 2]}\n" for n in range(8))
    (tmp_path / "table.csv").write_text(f"body,stance\n{rows}", encoding="utf-8")
    (tmp_path / "picture.pdf").write_bytes(b"%PDF-1.4 no posts")
    (tmp_path / "folder").mkdir()
    for name in ("taken.csv", "taken.html", "folder/kept.csv"):
        (tmp_path / name).write_text("mine", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("line", "code"), CASES, ids=[line for line, _ in CASES])
def test_exit_codes(command, place, line, code):
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    done = command(*line.split())
    assert done.exit_code == code, done.output
    if code:
        assert done.stdout == "" or line in ("label", "explain", "train")  # these show their help
        assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in before} == before
