-- Articles that were read and are left out of a source, by the rules that left them out: as long as these, and what the listing says of an article,
-- stay as they are, it is not read again.
CREATE TABLE left_out (
    source TEXT NOT NULL,
    key    TEXT NOT NULL,
    rules  TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (source, key)
) WITHOUT ROWID;

-- Items that were taken out by hand and stay away, under whatever address their articles are listed.
CREATE TABLE forgotten (
    id          TEXT PRIMARY KEY,
    source      TEXT NOT NULL,
    url         TEXT NOT NULL,
    title       TEXT NOT NULL,
    fingerprint TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX forgotten_text ON forgotten (source, fingerprint);

-- The highest number that an archive of each history ever had: an archive that once was must not come back with other items.
INSERT INTO counter SELECT 'archive ' || source, max(number) FROM archive GROUP BY source;
