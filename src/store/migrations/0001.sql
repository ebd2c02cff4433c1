-- Sources, their items, and what politeness must remember. Instants are milliseconds since 1970 (UTC).
CREATE TABLE source (
    name     TEXT PRIMARY KEY,
    next_due INTEGER NOT NULL DEFAULT 0,
    state    TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE item (
    id          TEXT PRIMARY KEY,
    source      TEXT NOT NULL,
    date        INTEGER NOT NULL,
    first_seen  INTEGER NOT NULL,
    updated     INTEGER NOT NULL UNIQUE,
    fingerprint TEXT NOT NULL,
    digest      TEXT NOT NULL,
    rechecks    INTEGER NOT NULL DEFAULT 0,
    bytes       INTEGER NOT NULL,
    data        TEXT NOT NULL
);
CREATE INDEX item_window ON item (source, date DESC, id);
CREATE INDEX item_text ON item (source, fingerprint);
CREATE INDEX item_changes ON item (source, updated);

CREATE TABLE alias (
    source TEXT NOT NULL,
    key    TEXT NOT NULL,
    id     TEXT NOT NULL,
    PRIMARY KEY (source, key)
) WITHOUT ROWID;
CREATE INDEX alias_item ON alias (id);

CREATE TABLE failed (
    source   TEXT NOT NULL,
    key      TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_try INTEGER NOT NULL,
    code     TEXT NOT NULL,
    PRIMARY KEY (source, key)
) WITHOUT ROWID;

CREATE TABLE credit (
    key    TEXT NOT NULL,
    source TEXT NOT NULL,
    id     TEXT NOT NULL,
    role   TEXT NOT NULL,
    name   TEXT NOT NULL,
    PRIMARY KEY (key, id, role)
) WITHOUT ROWID;
CREATE INDEX credit_item ON credit (id);

CREATE TABLE host (
    name  TEXT PRIMARY KEY,
    state TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE published (
    stem  TEXT PRIMARY KEY,
    token TEXT NOT NULL
) WITHOUT ROWID;
