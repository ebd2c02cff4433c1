-- Histories of feeds across sources. What was changed last has the highest sequence, so that each feed looks only at what came since it looked last.
ALTER TABLE item ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;
UPDATE item SET sequence = rowid;
CREATE INDEX item_sequence ON item (sequence);

-- The same text in another source is the same story.
DROP INDEX item_text;
CREATE INDEX item_story ON item (fingerprint, source);

CREATE TABLE counter (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO counter SELECT 'sequence', coalesce(max(rowid), 0) FROM item;

-- Which items a feed across sources has: 0 in the live feed, else the number of the archive. `archive` and `archived` hold its archives under its stem.
CREATE TABLE member (
    feed    TEXT NOT NULL,
    id      TEXT NOT NULL,
    archive INTEGER NOT NULL,
    recency INTEGER NOT NULL,
    PRIMARY KEY (feed, id)
) WITHOUT ROWID;
CREATE INDEX member_item ON member (id);
CREATE INDEX member_archive ON member (feed, archive, recency);

-- Up to which sequence, and by which rule, a feed has looked.
CREATE TABLE looked (
    feed     TEXT PRIMARY KEY,
    rule     TEXT NOT NULL,
    sequence INTEGER NOT NULL
) WITHOUT ROWID;
