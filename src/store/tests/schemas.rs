//! A store of every released schema, with what a real one of that time had in it, is brought up to date and goes on.

use rusqlite::params;

use super::*;
use crate::model::Validators;

/// Writes a store as a version of that schema left it: nine items, the oldest four in archives where there were any.
fn leave(path: &Path, schema: usize) {
    let old = Connection::open(path).unwrap();
    for migration in migrate::MIGRATIONS.iter().take(schema) {
        old.execute_batch(migration).unwrap();
    }
    old.pragma_update(None, "user_version", i64::try_from(schema).unwrap()).unwrap();
    if schema == 0 {
        return;
    }
    for number in 1..=9 {
        put(&old, &stored(number, &format!("text {number}")), number);
    }
    old.execute("INSERT INTO source (name, next_due, state) VALUES ('courier', 7, '{\"title\":\"Courier\",\"failures\":1}')", []).unwrap();
    old.execute("INSERT INTO failed VALUES ('courier', 'a.example/77', 3, 99, 'timeout')", []).unwrap();
    old.execute("INSERT INTO host (name, state) VALUES ('a.example', '{}')", []).unwrap();
    old.execute("INSERT INTO published (stem, token) VALUES ('courier', 'token')", []).unwrap();
    if schema >= 2 {
        old.execute_batch(
            "UPDATE item SET recency = date, archive = CASE WHEN rowid <= 2 THEN 1 WHEN rowid <= 4 THEN 2 ELSE 0 END;
             INSERT INTO archive (source, number, head) VALUES ('courier', 1, '{}'), ('courier', 2, '{}');
             INSERT INTO incident (source, began, code, message) VALUES ('courier', 5, 'timeout', 'no answer');",
        )
        .unwrap();
    }
    if schema >= 3 {
        let validators = serde_json::to_string(&Validators { etag: Some("\"x\"".to_owned()), ..Validators::default() }).unwrap();
        old.execute("INSERT INTO visit VALUES ('urn:uuid:9', 'https://a.example/9', ?1)", [validators]).unwrap();
    }
    if schema >= 4 {
        old.execute_batch(
            "UPDATE item SET sequence = rowid;
             UPDATE counter SET value = 9 WHERE name = 'sequence';
             INSERT INTO member SELECT 'all', id, CASE WHEN rowid <= 3 THEN 1 WHEN rowid <= 6 THEN 2 ELSE 0 END, date FROM item;
             INSERT INTO archive (source, number, head) VALUES ('all', 1, '{}'), ('all', 2, '{}');
             INSERT INTO looked VALUES ('all', 'rule', 9);",
        )
        .unwrap();
    }
    if schema >= 5 {
        old.execute_batch(
            "INSERT INTO counter VALUES ('archive courier', 2), ('archive all', 2);
             INSERT INTO left_out VALUES ('courier', 'a.example/55', 'rules', 'd');
             INSERT INTO forgotten VALUES ('urn:uuid:44', 'courier', 'https://a.example/44', 'Title 44', 'f-text 44');",
        )
        .unwrap();
    }
}

fn put(old: &Connection, stored: &Stored, number: i64) {
    let mut item = stored.item.clone();
    item.updated = at(number);
    let instant = at(number).as_millisecond();
    old.execute(
        "INSERT INTO item (id, source, date, first_seen, updated, fingerprint, digest, bytes, data) VALUES (?1, 'courier', ?2, ?2, ?2, ?3, 'd', 1, ?4)",
        params![item.id.0, instant, item.fingerprint, serde_json::to_string(&item).unwrap()],
    )
    .unwrap();
    old.execute("INSERT INTO alias VALUES ('courier', ?1, ?2)", params![stored.keys[0], item.id.0]).unwrap();
    let key = crate::extract::credit::alias_key("Northwire");
    old.execute("INSERT INTO credit VALUES (?1, 'courier', ?2, 'agency', 'Northwire')", params![key, item.id.0]).unwrap();
}

fn look(store: &Store, schema: usize) {
    let note = format!("from schema {schema}");
    assert!(store.check().unwrap().is_empty(), "{note}");
    let count = if schema > 0 { 9 } else { 0 };
    assert_eq!(store.window(&source(), 99, 0).unwrap().len(), count, "{note}");
    assert_eq!(store.standing(&source()).unwrap().items, i64::try_from(count).unwrap(), "{note}");
    assert_eq!(store.credits().unwrap().first().map_or(0, |credit| credit.items), i64::try_from(count).unwrap(), "{note}");
    let sealed = if schema >= 2 { 4 } else { 0 };
    assert_eq!(store.live(&source()).unwrap().len(), count - sealed, "{note}");
    if schema == 0 {
        return;
    }
    let keys = ["a.example/1".to_owned(), "a.example/9".to_owned(), "a.example/77".to_owned()];
    let known = store.known(&source(), &keys).unwrap();
    assert_eq!((known.read.len(), known.failed["a.example/77"].attempts), (2, 3), "{note}");
    assert_eq!(known.read["a.example/9"].visit.is_some(), schema >= 3, "{note}");
    assert_eq!(store.find_text(&source(), "f-text 5").unwrap().unwrap().title, "Title 5", "{note}");
    let record = store.source(&source()).unwrap();
    assert_eq!((record.title.as_deref(), record.failures), (Some("Courier"), 1), "{note}");
    assert_eq!((store.hosts().unwrap().len(), store.published().unwrap()["courier"].token.as_str()), (1, "token"), "{note}");
    if schema >= 2 {
        assert_eq!(titles(&store.archive(Shelf::Source(&source()), 1).unwrap()), ["2", "1"], "{note}");
        assert_eq!(store.incidents(9).unwrap().len(), 1, "{note}");
    }
    if schema >= 4 {
        assert_eq!(titles(&store.archive(Shelf::Feed("all"), 2).unwrap()), ["6", "5", "4"], "{note}");
        assert_eq!(titles(&store.members("all").unwrap()), ["9", "8", "7"], "{note}");
    }
    if schema >= 5 {
        assert_eq!(store.left_out(&source(), &["a.example/55".to_owned()], "rules").unwrap().len(), 1, "{note}");
        assert!(store.forgotten(&source(), "", "f-text 44").unwrap().is_some(), "{note}");
    }
}

/// New items come, old ones are corrected, sealed and forgotten.
fn go_on(store: &mut Store, schema: usize) {
    let note = format!("from schema {schema}");
    let sealed = store.archive(Shelf::Source(&source()), 1).unwrap();
    let mut corrected = stored(1, "a corrected text");
    corrected.item.updated = at(99);
    let mut items = vec![corrected];
    items.extend((11..=16).map(|number| stored(number, &format!("text {number}"))));
    store.commit(&source(), &Changes { items, ..Changes::default() }).unwrap();
    store.seal(Shelf::Source(&source()), Room { items: 6, bytes: 1_000_000 }, "{}").unwrap();
    if schema >= 2 {
        assert_eq!(store.archive(Shelf::Source(&source()), 1).unwrap(), sealed, "{note}: an archive stays as it was");
    }
    store.enlist("all", "rule", None, |_| true).unwrap();
    store.seal(Shelf::Feed("all"), Room { items: 6, bytes: 1_000_000 }, "{}").unwrap();
    for shelf in [Shelf::Source(&source()), Shelf::Feed("all")] {
        let archives = store.archives(shelf).unwrap();
        let numbers: Vec<u32> = archives.iter().map(|archive| archive.number).collect();
        assert_eq!(numbers, (1..=u32::try_from(numbers.len()).unwrap()).collect::<Vec<_>>(), "{note}");
        let live = if matches!(shelf, Shelf::Source(_)) { store.live(&source()).unwrap() } else { store.members("all").unwrap() };
        let archived = numbers.iter().flat_map(|&number| store.archive(shelf, number).unwrap());
        let ids: std::collections::BTreeSet<_> = archived.chain(live).map(|item| item.id).collect();
        assert_eq!(ids.len(), if schema > 0 { 15 } else { 7 }, "{note}: nothing is lost");
    }
    assert_eq!(store.forget("a.example/12").unwrap(), 1, "{note}");
    assert!(store.check().unwrap().is_empty(), "{note}");
}

#[test]
fn a_store_of_every_released_schema_is_brought_up_to_date_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    for schema in 0..=migrate::MIGRATIONS.len() {
        let path = folder.path().join(format!("{schema}.db"));
        leave(&path, schema);
        let mut store = Store::open(&path).unwrap();
        look(&store, schema);
        go_on(&mut store, schema);
        drop(store);
        assert!(Store::open(&path).is_ok(), "and it opens again");
    }
}
