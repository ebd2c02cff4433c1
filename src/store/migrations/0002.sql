-- History: what a feed no longer shows goes into archives (RFC 5005) that never change once full.
-- `archive` is 0 while an item is in the live feed; `recency` is what sealing goes by: the date, or the time of a correction to a sealed item.
ALTER TABLE item ADD COLUMN archive INTEGER NOT NULL DEFAULT 0;
ALTER TABLE item ADD COLUMN recency INTEGER NOT NULL DEFAULT 0;
UPDATE item SET recency = date;
CREATE INDEX item_live ON item (source, recency DESC, id) WHERE archive = 0;
CREATE INDEX item_archive ON item (source, archive) WHERE archive > 0;
CREATE INDEX item_date ON item (date DESC, id);

CREATE TABLE archive (
    source  TEXT NOT NULL,
    number  INTEGER NOT NULL,
    changes INTEGER NOT NULL DEFAULT 0,
    head    TEXT NOT NULL,
    PRIMARY KEY (source, number)
) WITHOUT ROWID;

-- The text of an item as an archive has it, where the item was corrected after that.
CREATE TABLE archived (
    source  TEXT NOT NULL,
    archive INTEGER NOT NULL,
    id      TEXT NOT NULL,
    data    TEXT NOT NULL,
    PRIMARY KEY (source, archive, id)
) WITHOUT ROWID;
CREATE INDEX archived_item ON archived (id);

-- Counts that are asked for in every run, so that nothing has to walk over all items.
CREATE TABLE tally (
    source  TEXT PRIMARY KEY,
    items   INTEGER NOT NULL,
    changes INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO tally SELECT source, count(*), 1 FROM item GROUP BY source;
CREATE TRIGGER item_added AFTER INSERT ON item BEGIN
    INSERT INTO tally (source, items, changes) VALUES (NEW.source, 1, 1)
        ON CONFLICT (source) DO UPDATE SET items = items + 1, changes = changes + 1;
END;
CREATE TRIGGER item_changed AFTER UPDATE OF data, archive ON item BEGIN
    UPDATE tally SET changes = changes + 1 WHERE source = NEW.source;
END;
CREATE TRIGGER item_removed AFTER DELETE ON item BEGIN
    UPDATE tally SET items = items - 1, changes = changes + 1 WHERE source = OLD.source;
END;

CREATE TABLE outlet (
    key     TEXT PRIMARY KEY,
    name    TEXT NOT NULL,
    items   INTEGER NOT NULL,
    changes INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO outlet SELECT key, min(name), count(DISTINCT id), 1 FROM credit GROUP BY key;
CREATE TRIGGER credit_added AFTER INSERT ON credit
WHEN NOT EXISTS (SELECT 1 FROM credit WHERE key = NEW.key AND id = NEW.id AND role <> NEW.role) BEGIN
    INSERT INTO outlet (key, name, items, changes) VALUES (NEW.key, NEW.name, 1, 1)
        ON CONFLICT (key) DO UPDATE SET items = items + 1, changes = changes + 1, name = min(name, excluded.name);
END;
CREATE TRIGGER credit_removed AFTER DELETE ON credit
WHEN NOT EXISTS (SELECT 1 FROM credit WHERE key = OLD.key AND id = OLD.id) BEGIN
    UPDATE outlet SET items = items - 1, changes = changes + 1 WHERE key = OLD.key;
END;

-- What a feed says of its source, and what the index page says of a feed, without reading the rest.
ALTER TABLE source ADD COLUMN head TEXT NOT NULL DEFAULT '';
CREATE INDEX source_due ON source (next_due);
ALTER TABLE published ADD COLUMN card TEXT NOT NULL DEFAULT '';

CREATE TABLE incident (
    number  INTEGER PRIMARY KEY,
    source  TEXT NOT NULL,
    began   INTEGER NOT NULL,
    ended   INTEGER,
    code    TEXT NOT NULL,
    message TEXT NOT NULL
);
CREATE INDEX incident_open ON incident (source) WHERE ended IS NULL;
