"""Reads a folder of successive states of a feed as a reader built on feedparser would: an entry is unread when its id was never seen.

reader.py FOLDER: NNNN.atom.xml and NNNN.rss.xml are the states, NNNN.unread the numbers of the reports that are new in each.
Exits with 77 where feedparser is missing, with 1 on the first difference.
"""
import pathlib
import re
import sys

try:
    import feedparser
except ImportError:
    sys.exit(77)

folder = pathlib.Path(sys.argv[1])
for kind in ("atom", "rss"):
    seen, reports, unread_in_all = set(), {}, 0
    for state in sorted(folder.glob(f"*.{kind}.xml")):
        feed = feedparser.parse(state.read_bytes())
        if feed.bozo:
            sys.exit(f"{state.name}: {feed.bozo_exception}")
        unread = []
        for entry in feed.entries:
            report = int(re.search(r"report number (\d+)", entry.content[0].value).group(1))
            if entry.id not in seen:
                unread.append(report)
                seen.add(entry.id)
            if reports.setdefault(entry.id, report) != report:
                sys.exit(f"{state.name}: {entry.id} became another report")
        expected = [int(number) for number in (folder / f"{state.name.split('.')[0]}.unread").read_text().split()]
        if sorted(unread) != expected:
            sys.exit(f"{state.name}: unread {sorted(unread)}, expected {expected}")
        unread_in_all += len(unread)
    print(f"{kind}: {unread_in_all} unread items, exactly the new ones")
