"""Every bound that a hostile, broken or huge export meets; no other module of this room sets one.

A bound is far beyond what real exports hold, so that whoever meets it reads no honest file. What is
past it becomes a reject or an error, never a full memory or an endless wait.
"""

from __future__ import annotations

from typing import Final

# Detection

HEAD_BYTES: Final = 1 << 16
"""Bytes of a file that detection looks at."""
SHORT_HEAD_BYTES: Final = 1 << 13
"""Bytes looked at where formats are tried in folders of thousands of files."""
LONG_HEAD_BYTES: Final = 1 << 19
"""Bytes looked at where one line, a captured post, may be longer than :data:`HEAD_BYTES`."""
ASSIGNMENT_BYTES: Final = 200
"""Bytes in which a script of an X archive names the variable that it assigns."""
HEADER_BYTES: Final = 4096
"""Bytes in which a table's header is looked for by readers of tables with fixed columns."""
HEADS_KEPT: Final = 256
"""Beginnings kept while a source is open, 16 MiB of them."""
FILES_TRIED: Final = 20
"""Files of a folder looked at before it is said to be of another format."""
FILES_SAID: Final = 8
"""Unread files that are named; of the others it is said how many."""
SEARCHED_BYTES: Final = 1 << 28
"""Bytes in which the marks of a format are looked for that a document's first bytes lack."""
OUTLINE_PIECES: Final = 100
"""Pieces of a document, of :data:`READ_BYTES`, in which keys come for the first time."""
KEPT_CHARACTERS: Final = 1 << 26
"""Characters of outlines of documents that are kept while a source is open."""
PATTERN_CHARACTERS: Final = 1_000
"""Characters that a mark of a format takes at most."""
LINES_TRIED: Final = 50
"""Lines looked at to find :data:`OBJECTS_TRIED` objects, for some may be broken."""
OBJECTS_TRIED: Final = 5
"""Objects that say what a file of JSON lines is."""

# Archives and compression

MEMBERS: Final = 2_000_000
"""Files in an archive."""
MEMBER_BYTES: Final = 1 << 38
"""Bytes that a file in a zip may unpack to: 256 GiB."""
MEMBER_RATIO: Final = 400
"""Times that a file in a zip may grow. JSON grows 5 to 40 times; Deflate's limit is 1,032, which
only a bomb comes near."""
MEMBER_FREE_BYTES: Final = 1 << 24
"""Bytes up to which the ratio is not asked: a few repeated rows reach any."""
STREAM_RATIO: Final = 1_000
"""Times that a gzip or Zstandard file may grow. Dumps of posts grow 5 to 40 times, repeated rows
some hundreds."""
STREAM_FREE_BYTES: Final = 1 << 30
"""Bytes up to which the ratio is not asked: a stream is read in passing, not kept."""
SEEK_BYTES: Final = 1 << 26
"""Bytes that a seek in a stream unpacks before the ratio is asked again."""
ZSTD_WINDOW_LOG: Final = 31
"""Pushshift's dumps look 2 GiB (2**31 bytes) back, more than decoders allow unless told to."""

# Reading

BUFFER_BYTES: Final = 1 << 18
"""Bytes that a stream reads ahead; more than :data:`HEAD_BYTES`, so that it can be peeked at."""
LINE_BYTES: Final = 1 << 26
"""Bytes of a line; a longer one is no post, and would fill the memory."""
REJECT_CHARACTERS: Final = 500
"""Characters of a rejected row that are kept, so that a report of rejects stays small."""
KINDS_SAID: Final = 20
"""Kinds of what is left out that a notice names: their names may come from the file."""
LAST_IDS: Final = 1 << 19
"""Ids remembered to tell posts that come again: at least so many, at most twice, in 100 MB."""
CONTINUED_LINES: Final = 10_000
"""Lines of one message in a chat that is kept as text."""
LAST_MESSAGES: Final = 200_000
"""Posts remembered to tell whom an answer is to."""
ANSWERS_AHEAD: Final = 10_000
"""Posts that a reply waits for the one it answers, where the newest come first; 20 MB of them."""

# JSON

READ_BYTES: Final = 1 << 16
"""Bytes of JSON read at a time."""
SMALL_BYTES: Final = 1 << 26
"""Bytes of a JSON file that is read whole: an account, a list of files."""
BLOCK_BYTES: Final = 1 << 17
"""Bytes of an array parsed at a time."""
BLOCK_TRIES: Final = 3
"""Places at which a block is tried to be cut: one may be inside an item that looks like two."""
FIRST_KEY_BYTES: Final = 200
"""Bytes of an item's first key, by which the starts of other items are found."""
NUMBER_DIGITS: Final = 4_300
"""Digits of a whole number; Python makes no integer of more."""
START_CHARACTERS: Final = 1_024
"""Characters within which the start of an item is told."""
MEND_CHARACTERS: Final = 1 << 20
"""Characters of a broken item that are looked at to mend it."""
MENDING_COST: Final = 16
"""Times that a look at a character takes longer to mend it than to parse it."""
MENDS_TRIED: Final = 1_000
"""Items one after another that cannot be mended before no more are tried, until one is sound."""
ITEM_STARTS: Final = 8
"""Ways in which the items of an array begin by which others are known."""
PATTERNS_MADE: Final = 5_000
"""Patterns of the starts of items that are made for one text."""
WASTED_TIMES: Final = 8
"""Times that a text is looked at in vain before items are read no further than to the next."""
STRETCH_ITEMS: Final = 4
"""Sizes of the largest item so far past which a broken part may be more than one item."""
PATH_CHARACTERS: Final = 2_000
"""Characters of the path to a value that is looked for in a document."""
PATHS_KEPT: Final = 4_096
"""Paths of which it is remembered whether they are wanted."""
OPEN_BRACKETS: Final = 100
"""Arrays and objects open at once around what is looked for."""
CAR_BLOCK_BYTES: Final = 1 << 22
"""Bytes of a block of a CAR file; records may hold 1 MiB, nodes of the tree far less."""

CUT_CHARACTERS: Final = 16
"""Characters from the end of a text within which what seems wrong may only be cut off."""
LEAD_CHARACTERS: Final = 200
"""Characters before an item by which the next is known."""

# Tables

LIST_CHARACTERS: Final = 100_000
"""Characters of a cell that is read as a list."""
NESTED_COLUMNS: Final = 500
"""Values inside objects in cells that are looked at as columns."""
ROWS_ABOVE: Final = 30
"""Lines, or rows of a sheet, that may stand above the names of the columns."""
ROWS_COMPARED: Final = 50
"""Rows compared to tell which character parts the cells."""
ROWS_SAMPLED: Final = 200
"""Rows looked at before columns are guessed, or ids found to be rounded."""
ROWS_ASKED: Final = 20_000
"""Rows more that are looked at where those show no order of day and month."""
COLUMNS_SAID: Final = 8
"""Columns carried through that a notice names; of the others it says how many."""
ROWS_IN_BATCH: Final = 5_000
"""Rows of a Parquet file held at a time."""
WORKBOOK_ROWS_IN_BATCH: Final = 1_000
"""Rows of a workbook held at a time."""
WORKBOOK_ROWS: Final = 1 << 20
"""Excel's own limit; a file that names a later row would have us count to it."""
WORKBOOK_BYTES: Final = 1 << 28
"""Bytes of a workbook inside a folder or archive, which is held in memory."""
WORKBOOK_STRING_BYTES: Final = 1 << 30
"""Bytes of a workbook's table of strings, which is held in memory."""

# Text

HTML_TAGS: Final = 1_000
"""Tags of a post, which has tens of them. More are stripped without a parse: the time that a
parser takes for tags inside tags grows with the square of their depth."""

CHAIN_NAMES: Final = 100
"""Names that a reply goes to; X puts at most 50 before the words of one."""

# Times

FIRST_YEAR: Final = 1990
"""No post is of an earlier year: digits that would say so as a Unix time are none."""
LAST_YEAR: Final = 2099
"""No post is of a later year."""
FIRST_SECOND: Final = -59_011_459_200
LAST_SECOND: Final = 250_246_627_199
"""Seconds since 1970 between which a time can be written and drawn, the years 100 to 9899: Python's
own end a century farther out, and what is drawn around a time needs room."""
TIME_CHARACTERS: Final = 200
"""Of a value that can be a time: patterns take longer and longer over a run of blanks."""
HELD_SLACK: Final = 61_000
"""Milliseconds between a stated time and the one in its id that are no difference: some tools leave
the seconds out."""
HELD_ALIKE: Final = 3
"""Rows that must lie alike far from the times in their ids before they are of another zone."""
ZONE_FARTHEST: Final = 14 * 3_600_000
"""Milliseconds that the clocks of a zone are off UTC at most."""
