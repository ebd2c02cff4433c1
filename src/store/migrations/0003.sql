-- What makes the re-check of an article conditional: the address that was read, and its ETag and Last-Modified.
CREATE TABLE visit (
    id         TEXT PRIMARY KEY,
    url        TEXT NOT NULL,
    validators TEXT NOT NULL
) WITHOUT ROWID;
CREATE TRIGGER item_visit AFTER DELETE ON item BEGIN
    DELETE FROM visit WHERE id = OLD.id;
END;
