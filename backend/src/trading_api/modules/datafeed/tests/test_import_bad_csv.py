"""CSV files that are not as they should be: a sentence with file and line, and nothing imported."""

import codecs
import contextlib
import gzip
import io
import tempfile
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trading_api.modules.datafeed.bars.resolution import DAY, MINUTE, parse_resolution
from trading_api.modules.datafeed.importing.imported import ImportedBars, ImportProblem
from trading_api.modules.datafeed.importing.options import ImportOptions
from trading_api.modules.datafeed.tests.import_files import HEADER, imported, problem_of, write

GOOD = "2019-11-05,1,2,1,2,1\n"
NEW_YORK = ImportOptions(zone=ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("2019-11-06,abc,2,1,2,1\n", "line 3: has 'abc' for the open, which is not a number a bar can have."),
        ("2019-11-06,1,2,1,,1\n", "line 3: has no close."),
        ("2019-11-06,1,1e400,1,2,1\n", "line 3: has '1e400' for the high, which is not a number"),
        ("2019-11-06,1,NaN,1,2,1\n", "line 3: has 'NaN' for the high, which is not a number"),
        ("2019-11-06,1,inf,1,2,1\n", "line 3: has 'inf' for the high, which is not a number"),
        ("2019-11-06,1,2,1,0x10,1\n", "line 3: has '0x10' for the close, which is not a number"),
        ("2019-11-06,1,1_000,1,2,1\n", "line 3: has '1_000' for the high, which is not a number"),
        ("2019-11-06,1,1e40,1,2,1\n", "line 3: has '1e40' for the high, which has too many digits."),
        ("2019-11-06,1,2,1,2,-5\n", "line 3: has '-5' for the volume, which cannot be negative."),
        ("2019-11-06,1,2,1,2\n", "line 3: is no row of the others' columns: '2019-11-06,1,2,1,2'"),
        ("2019-11-06,1,2,1,2,1,9\n", "line 3: is no row of the others' columns: '2019-11-06,1,2,1,2,1,9'"),
        ('2019-11-06,"1,2,1,2,1\n', "line 3: is no row of the others' columns"),
        ("2019-11-05,1,2,1,2,1\n", "line 3: has the time '2019-11-05', as the row before it."),
        (
            "2019-11-06,1,2,1,2,1\n2019-11-05,1,2,1,2,1\n",
            "line 4: has the time '2019-11-05', as an earlier row.",
        ),
        (
            "2019-11-07,1,2,1,2,1\n2019-11-06,1,2,1,2,1\n2019-11-08,1,2,1,2,1\n",
            "line 4: has the time '2019-11-06' after '2019-11-07', while the file is oldest first.",
        ),
        (
            "2019-11-06,1,2,1,2,1\n11/7/2019,1,2,1,2,1\n",
            "line 4: has '11/7/2019' for the time, which is not written like '2019-11-05' (%Y-%m-%d).",
        ),
        ("2019-02-30,1,2,1,2,1\n", "line 3: has '2019-02-30' for the time, which is not written like"),
        ("\n\n,1,2,1,2,1\n", "line 5: has '' for the time, which is not written like '2019-11-05'"),
        ("2999-01-01,1,2,1,2,1\n", "line 3: has the time '2999-01-01', which lies before 1800"),
        ('"2019-11-06\n2",1,2,1,2,1\n', "line 4: has '2019-11-06\\n2' for the time"),
    ],
)
def test_a_row_that_is_wrong(tmp_path: Path, rows: str, sentence: str) -> None:
    path = write(tmp_path / "x.csv", HEADER + GOOD + rows)
    assert problem_of("csv", path).startswith(f"x.csv, {sentence}")


def test_the_line_is_that_of_the_file_below_a_title_and_between_empty_lines(tmp_path: Path) -> None:
    text = f"A title\r\n{HEADER}\r\n{GOOD}\r\n\r\n2019-11-06,1,2,x,2,1\r\n"
    assert problem_of("csv", write(tmp_path / "x.csv", text)).startswith("x.csv, line 7: has 'x' for the low")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "x.csv: is empty."),
        (b"\n \n", "x.csv: is empty."),
        (HEADER.encode(), "x.csv: holds no bars."),
        (b"hello\nworld\n", "x.csv, line 1: has no columns: no comma, semicolon, tab or bar divides"),
        (codecs.BOM_UTF16_LE + HEADER.encode("utf-16-le"), "x.csv, line 1: is UTF-16 text; it must be"),
        (
            (HEADER + GOOD).encode() + b"2019-11-06,1,\xff,1,2,1\n",
            "x.csv, line 3: holds the byte 0xff, which",
        ),
        ((HEADER + GOOD).encode() + b"\xc3", "x.csv, line 3: holds the byte 0xc3, which is not UTF-8."),
        ((HEADER + GOOD).encode() + b"2019\x00", "x.csv, line 3: holds a zero byte, so it is no text."),
        (b"time,open,high,low\n2019-11-05,1,2,1\n", "x.csv, line 1: has no column for close (it has:"),
        (b"a,b,c,d,e\nx,1,2,1,2\n", "x.csv, line 1: has no column for time and open and high and low (it"),
        (b"1,2,3,4,5,6,7\n" * 3, "x.csv, line 1: has 7 columns without names: it must be told"),
        ((HEADER + "soon,1,2,1,2,1\n").encode(), "x.csv, line 2: has 'soon' for the time, which is none."),
    ],
)
def test_a_file_that_is_wrong(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert problem_of("csv", write(tmp_path / "x.csv", content)).startswith(sentence)


def test_times_that_happen_twice_or_not_at_all(tmp_path: Path) -> None:
    twice = "2019-11-03 00:59,1,2,1,2,1\n2019-11-03 01:30,1,2,1,2,1\n2019-11-03 01:31,1,2,1,2,1\n"
    path = write(tmp_path / "twice.csv", HEADER + twice)
    sentence = problem_of("csv", path, NEW_YORK)
    assert sentence.startswith("twice.csv, line 3: has the time '2019-11-03 01:30', which happens twice in")
    never = "2019-03-10 01:59,1,2,1,2,1\n2019-03-10 02:00,1,2,1,2,1\n"
    path = write(tmp_path / "never.csv", HEADER + never)
    sentence = problem_of("csv", path, NEW_YORK)
    assert "line 3: has the time '2019-03-10 02:00', which does not happen in" in sentence
    assert len(imported("csv", path, ImportOptions(zone=ZoneInfo("UTC")))) == 1


def test_bars_that_are_not_of_a_base(tmp_path: Path) -> None:
    fives = "".join(f"2019-11-05 10:{minute:02},1,2,1,2,1\n" for minute in range(0, 60, 5))
    path = write(tmp_path / "x.csv", HEADER + fives)
    assert "seems to hold bars of 5 minutes; only those of a second, a minute" in problem_of("csv", path)
    assert len(imported("csv", path, ImportOptions(resolution=MINUTE))) == 1
    told = ImportOptions(resolution=parse_resolution("5"))
    assert problem_of("csv", path, told) == "x.csv: cannot be stored as bars of 5: only as 1S, 1 or 1D."
    weeks = "".join(f"2019-11-{day:02},1,2,1,2,1\n" for day in (4, 11, 18, 25))
    assert "bars of a week or longer" in problem_of("csv", write(tmp_path / "w.csv", HEADER + weeks))
    odd = "2019-11-05 10:00:00,1,2,1,2,1\n2019-11-05 10:01:30,1,2,1,2,1\n"
    path = write(tmp_path / "odd.csv", HEADER + odd)
    sentence = problem_of("csv", path, ImportOptions(resolution=MINUTE))
    assert sentence.endswith(
        "line 3: has the time '2019-11-05 10:01:30', at which no bar of a minute begins."
    )
    ticks = "2019-11-05 10:00:00.100,1,2,1,2,1\n2019-11-05 10:00:00.250,1,2,1,2,1\n"
    assert "times between the seconds" in problem_of("csv", write(tmp_path / "t.csv", HEADER + ticks))
    one = write(tmp_path / "one.csv", f"{HEADER}2019-11-05 10:00,1,2,1,2,1\n")
    assert problem_of("csv", one) == "one.csv: has one row only, so its resolution must be told."


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (ImportOptions(columns={"close": "Settle"}), "line 1: has no column 'Settle' (it has: time, open,"),
        (ImportOptions(columns={"close": "9"}), "line 1: has no column '9'"),
        (ImportOptions(delimiter=";;"), "cannot have ';;' between its columns, only one sign."),
        (ImportOptions(delimiter=";"), "has no columns: no ';' divides"),
        (ImportOptions(time_format="%d.%m.%Y"), "line 2: has '2019-11-05' for the time, which is not"),
        (ImportOptions(time_format="%Q'"), "cannot be read (Invalid Input Error: Failed to parse format"),
        (ImportOptions(price_places=13), "cannot have prices of 13 decimals."),
        (ImportOptions(symbol="../../etc"), "is of a symbol whose name cannot be kept: '../../etc'"),
        (ImportOptions(exchange="A/../B"), "is of a symbol whose name cannot be kept"),
        (ImportOptions(symbol="A" * 65), "is of a symbol whose name cannot be kept"),
        (ImportOptions(symbol="NYSE:"), "is of a symbol whose name cannot be kept"),
    ],
)
def test_what_is_told_and_does_not_fit(tmp_path: Path, options: ImportOptions, sentence: str) -> None:
    assert sentence in problem_of("csv", write(tmp_path / "x.csv", HEADER + GOOD), options)


def test_archives_that_cannot_be_read(tmp_path: Path) -> None:
    packed = gzip.compress((HEADER + GOOD * 50).encode())
    assert "cannot be read" in problem_of("csv", write(tmp_path / "x.csv.gz", packed[:-10]))
    assert "cannot be read" in problem_of("csv", write(tmp_path / "y.csv.gz", b"no archive"))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.csv", HEADER + GOOD)
    whole = content.getvalue()
    for length in (0, 1, 30, len(whole) // 2, len(whole) - 1):
        assert "cannot be read as a zip" in problem_of("csv", write(tmp_path / "x.zip", whole[:length]))


def test_an_archive_that_is_packed_otherwise_or_locked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("x.csv", HEADER + GOOD)
    assert problem_of("csv", tmp_path / "x.zip") == "x.zip: holds 'x.csv', which is not packed by deflate."
    with zipfile.ZipFile(tmp_path / "y.zip", "w") as archive:
        archive.writestr("x.csv", HEADER + GOOD)
    locked = bytearray((tmp_path / "y.zip").read_bytes())
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    assert "is encrypted" in problem_of("csv", write(tmp_path / "y.zip", bytes(locked)))


@pytest.mark.parametrize("name", ["../x.csv", "/etc/x.csv", "a\\..\\x.csv", "C:\\x.csv", "a/../../x.csv"])
def test_names_that_lead_out_of_an_archive(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(name, HEADER + GOOD)
    assert problem_of("csv", tmp_path / "x.zip").startswith("x.zip: holds a file named ")


def test_an_archive_that_unpacks_to_too_much_is_given_up(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.csv", HEADER + "\n" * 40_000_000)
    assert "unpacks to more than 250 times its" in problem_of("csv", tmp_path / "x.zip")
    write(tmp_path / "x.csv.gz", gzip.compress((HEADER + "0" * 40_000_000).encode()))
    assert "unpacks to more than 250 times its" in problem_of("csv", tmp_path / "x.csv.gz")


def test_a_line_that_never_ends(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", HEADER + GOOD + "2019-11-06," + "1" * 3_000_000 + ",2,1,2,1\n")
    assert problem_of("csv", path).startswith("x.csv")


def test_a_folder_where_a_file_is_expected(tmp_path: Path) -> None:
    (tmp_path / "x.csv").mkdir()
    assert problem_of("csv", tmp_path / "x.csv") == "x.csv: is a folder where a file is expected."
    assert "cannot be read" in problem_of("csv", tmp_path / "y.csv")


_CELLS = st.one_of(
    st.text(max_size=12),
    st.decimals(allow_nan=True, allow_infinity=True).map(str),
    st.dates().map(str),
    st.datetimes().map(str),
    st.integers(-(10**20), 10**20).map(str),
    st.sampled_from(["", "null", '"', "1e400", "-0", "1e-30", "1.5", "2019-11-03 01:30"]),
)
_ROWS = st.lists(st.lists(_CELLS, min_size=1, max_size=8).map(",".join), max_size=8).map("\n".join)
_OPTIONS = st.sampled_from(
    [ImportOptions(), NEW_YORK, ImportOptions(resolution=DAY), ImportOptions(delimiter=";")]
)


@settings(max_examples=60, deadline=None)
@given(
    content=st.one_of(
        st.binary(max_size=300),
        _ROWS.map(str.encode),
        _ROWS.map(lambda rows: (HEADER + GOOD + rows).encode()),
    ),
    options=_OPTIONS,
    suffix=st.sampled_from([".csv", ".csv", ".csv.gz", ".zip"]),
)
def test_whatever_a_file_holds_it_is_imported_or_refused(
    content: bytes, options: ImportOptions, suffix: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder, f"x{suffix}"), gzip.compress(content) if suffix.endswith("gz") else content)
        with contextlib.suppress(ImportProblem):
            for part in imported("csv", path, options):
                assert isinstance(part, ImportedBars)
                assert (part.bars.time[1:] > part.bars.time[:-1]).all()
