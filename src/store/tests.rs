//! What is promised of the store.

mod schemas;

use jiff::Timestamp;

use super::archive::{Keep, Shelf};
use super::*;
use crate::health::Poll;
use crate::model::{Credit, Item, ItemId, Role, SafeHtml, SourceId};
use crate::url::Url;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn source() -> SourceId {
    SourceId::new("courier").unwrap()
}

fn stored(number: i64, text: &str) -> Stored {
    let credit = Credit {
        name: "Northwire".to_owned(),
        url: None,
        role: Role::Agency,
        phrase: "(Northwire)".to_owned(),
        confidence: 0.9,
        visible: true,
    };
    let item = Item {
        id: ItemId(format!("urn:uuid:{number}")),
        source: source(),
        url: Url::parse(&format!("https://a.example/{number}")).unwrap(),
        title: format!("Title {number}"),
        html: SafeHtml::assume_clean(format!("<p>{text}</p>")),
        text: text.to_owned(),
        summary: None,
        authors: Vec::new(),
        credits: vec![credit],
        image: None,
        media: Vec::new(),
        tags: Vec::new(),
        language: None,
        published: None,
        first_seen: at(number),
        updated: at(0),
        fingerprint: format!("f-{text}"),
        revision: 0,
    };
    Stored { item, digest: "d".to_owned(), keys: vec![format!("a.example/{number}")] }
}

fn filled() -> Store {
    let mut store = Store::open_in_memory().unwrap();
    let items = (1..=3).map(|number| stored(number, &format!("text {number}"))).collect();
    store.commit(&source(), &Changes { items, ..Changes::default() }).unwrap();
    store
}

#[test]
fn items_come_back_newest_first_and_no_two_share_an_instant_of_change() {
    let store = filled();
    let items = store.window(&source(), 10, 0).unwrap();
    assert_eq!(items.iter().map(|item| item.title.as_str()).collect::<Vec<_>>(), ["Title 3", "Title 2", "Title 1"]);
    let updated: std::collections::BTreeSet<_> = items.iter().map(|item| item.updated).collect();
    assert_eq!(updated.len(), 3);
    assert_eq!(store.window(&source(), 1, 1).unwrap()[0].title, "Title 2");
}

#[test]
fn an_item_is_found_by_every_key_and_by_its_text() {
    let mut store = filled();
    let mut again = stored(1, "text 1");
    again.keys = vec!["a.example/new-slug".to_owned(), "a.example/2".to_owned()];
    store.commit(&source(), &Changes { items: vec![again], ..Changes::default() }).unwrap();
    let find = |key: &str| store.find(&source(), &[key.to_owned()]).unwrap().map(|item| item.title);
    assert_eq!(find("a.example/new-slug").as_deref(), Some("Title 1"));
    assert_eq!(find("a.example/2").as_deref(), Some("Title 2"), "a key stays with the item that had it first");
    assert_eq!(find("a.example/9"), None);
    assert_eq!(store.find_text(&source(), "f-text 3").unwrap().unwrap().title, "Title 3");
}

#[test]
fn known_articles_and_failures_are_told_apart() {
    let mut store = filled();
    let failed = vec![("a.example/9".to_owned(), 2, at(60), "timeout".to_owned())];
    store.commit(&source(), &Changes { failed, ..Changes::default() }).unwrap();
    let keys = ["a.example/1".to_owned(), "a.example/9".to_owned(), "a.example/10".to_owned()];
    let known = store.known(&source(), &keys).unwrap();
    assert_eq!(known.read.keys().collect::<Vec<_>>(), ["a.example/1"]);
    assert_eq!(known.failed["a.example/9"].attempts, 2);
    let again = vec![("a.example/1".to_owned(), 1, at(50), "timeout".to_owned())];
    store.commit(&source(), &Changes { failed: again, ..Changes::default() }).unwrap();
    let (unread, all) = store.unread(&source(), 10).unwrap();
    assert_eq!((unread.len(), all), (1, 1), "an item that could not be read again is no article that is missing");
    assert_eq!(
        (unread[0].address.as_str(), unread[0].attempts, unread[0].next_try, unread[0].code.as_str()),
        ("a.example/9", 2, at(60), "timeout")
    );
    assert_eq!(store.unread(&source(), 0).unwrap(), (Vec::new(), 1));
    let poll = |second| Poll { at: at(second), links: 1, new: 0, titled: None, dated: None, code: None };
    let mut polled = |second| {
        let record = SourceRecord { polls: vec![poll(second)], ..SourceRecord::default() };
        store.commit(&source(), &Changes { record, ..Changes::default() }).unwrap();
        store.unread(&source(), 0).unwrap().1
    };
    assert_eq!(polled(60 + 29 * 86_400), 1);
    assert_eq!(polled(60 + 31 * 86_400), 0, "what is listed no more is missed no more");
}

#[test]
fn credits_are_counted_and_found() {
    let store = filled();
    assert_eq!(store.credits().unwrap()[0].items, 3);
    assert_eq!(store.credited(&[crate::extract::credit::alias_key("Northwire")], 2).unwrap().len(), 2);
}

#[test]
fn pruning_keeps_the_newest_and_forgetting_takes_one() {
    let mut store = filled();
    assert_eq!(store.prune(&source(), &Keep { items: Some(2), ..Keep::default() }).unwrap(), 1);
    let key = "a.example/1".to_owned();
    assert!(store.known(&source(), std::slice::from_ref(&key)).unwrap().read[&key].is_pruned, "a pruned article stays known");
    assert_eq!(store.forget("a.example/3").unwrap(), 1);
    let key = "a.example/3".to_owned();
    assert!(store.known(&source(), std::slice::from_ref(&key)).unwrap().read[&key].is_pruned, "and so does a forgotten one");
    assert_eq!(store.forget(&key).unwrap(), 0, "there is nothing left to forget");
    assert_eq!(store.forgotten(&source(), "x", "f-text 3").unwrap().unwrap().title, "Title 3", "it is known by its text, too");
    assert!(store.forgotten(&source(), "a.example/1", "").unwrap().is_none(), "a pruned one is no forgotten one");
    assert_eq!(store.recall("a.example/1").unwrap(), 0);
    assert_eq!(store.recall(&key).unwrap(), 1);
    assert!(store.known(&source(), &[key]).unwrap().read.is_empty(), "until it is called back");
    assert_eq!(store.window(&source(), 10, 0).unwrap().len(), 1);
}

#[test]
fn a_newer_store_is_refused_and_a_damaged_one_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    drop(Store::open(&path).unwrap());
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(Store::open(&path), Err(Error::Newer { found: 99, .. })));
    let garbage = folder.path().join("y.db");
    std::fs::write(&garbage, "this is no database, whatever its name says. ".repeat(200)).unwrap();
    let before = std::fs::read(&garbage).unwrap();
    assert_eq!(Store::open(&garbage).unwrap_err().code(), "store-damaged");
    assert_eq!(std::fs::read(&garbage).unwrap(), before);
}

#[test]
fn a_backup_holds_everything() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("copy.db");
    filled().backup(&path).unwrap();
    let copy = Store::open(&path).unwrap();
    assert_eq!(copy.window(&source(), 10, 0).unwrap().len(), 3);
    assert!(copy.check().unwrap().is_empty());
}

#[test]
fn a_second_run_learns_who_holds_the_lock() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    let Locked::Held(lock) = Lock::take(&path, at(0)).unwrap() else { panic!("the lock is free") };
    let Locked::Busy(holder) = Lock::take(&path, at(0)).unwrap() else { panic!("the lock is held") };
    assert!(holder.contains(&std::process::id().to_string()), "{holder}");
    drop(lock);
    assert!(matches!(Lock::take(&path, at(0)).unwrap(), Locked::Held(_)));
}

fn many(count: i64) -> Store {
    let mut store = Store::open_in_memory().unwrap();
    let items = (1..=count).map(|number| stored(number, &format!("text {number}"))).collect();
    store.commit(&source(), &Changes { items, ..Changes::default() }).unwrap();
    store
}

fn titles(items: &[Item]) -> Vec<String> {
    items.iter().map(|item| item.title.replace("Title ", "")).collect()
}

#[test]
fn the_oldest_items_are_sealed_and_the_first_two_archives_come_together() {
    let mut store = many(11);
    let room = Room { items: 8, bytes: 1_000_000 };
    assert_eq!(store.seal(Shelf::Source(&source()), room, "{}").unwrap(), 2);
    assert_eq!(titles(&store.archive(Shelf::Source(&source()), 1).unwrap()), ["2", "1"]);
    assert_eq!(titles(&store.archive(Shelf::Source(&source()), 2).unwrap()), ["4", "3"]);
    assert_eq!(store.live(&source()).unwrap().len(), 7);
    assert_eq!(store.seal(Shelf::Source(&source()), room, "{}").unwrap(), 0, "what fits stays");
    let small = Room { items: 8, bytes: 50 };
    assert!(store.seal(Shelf::Source(&source()), small, "{}").unwrap() >= 1, "bytes count as well");
}

#[test]
fn a_correction_is_live_again_and_leaves_the_archive_as_it_was() {
    let mut store = many(11);
    store.seal(Shelf::Source(&source()), Room { items: 8, bytes: 1_000_000 }, "{}").unwrap();
    let before = store.archive(Shelf::Source(&source()), 1).unwrap();
    let mut corrected = stored(1, "a corrected text");
    corrected.item.updated = at(99);
    store.commit(&source(), &Changes { items: vec![corrected], ..Changes::default() }).unwrap();
    assert_eq!(store.archive(Shelf::Source(&source()), 1).unwrap(), before);
    assert!(store.live(&source()).unwrap().iter().any(|item| item.text == "a corrected text"));
    assert_eq!(store.forget("a.example/1").unwrap(), 1);
    assert_eq!(titles(&store.archive(Shelf::Source(&source()), 1).unwrap()), ["2"], "what is forgotten is forgotten everywhere");
}

#[test]
fn the_numbers_of_archives_that_went_are_never_given_again() {
    let mut store = many(11);
    let room = Room { items: 8, bytes: 1_000_000 };
    let numbers =
        |store: &Store| -> Vec<u32> { store.archives(Shelf::Source(&source())).unwrap().iter().map(|archive| archive.number).collect() };
    store.seal(Shelf::Source(&source()), room, "{}").unwrap();
    assert_eq!(numbers(&store), [1, 2]);
    for number in 1..=4 {
        store.forget(&format!("a.example/{number}")).unwrap();
    }
    assert_eq!(numbers(&store), [] as [u32; 0], "nothing is left in them");
    let items = (21..=26).map(|number| stored(number, &format!("text {number}"))).collect();
    store.commit(&source(), &Changes { items, ..Changes::default() }).unwrap();
    store.seal(Shelf::Source(&source()), room, "{}").unwrap();
    assert_eq!(numbers(&store), [3, 4], "and the first ones are two again");
}

#[test]
fn articles_that_are_left_out_are_known_by_the_rules_that_left_them_out() {
    let mut store = filled();
    let leave = |store: &mut Store, rules: &str, key: &str| {
        let changes = Changes { left_out: vec![(key.to_owned(), "d".to_owned())], rules: rules.to_owned(), ..Changes::default() };
        store.commit(&source(), &changes).unwrap();
    };
    let keys = ["one".to_owned(), "other".to_owned()];
    leave(&mut store, "r1", "one");
    assert_eq!(store.left_out(&source(), &keys, "r1").unwrap()["one"], "d");
    assert!(store.left_out(&source(), &keys, "r2").unwrap().is_empty(), "other rules may let it in");
    leave(&mut store, "r2", "other");
    assert!(store.left_out(&source(), &keys, "r1").unwrap().is_empty(), "what older rules left out is of no use any more");
}

#[test]
fn a_store_that_cannot_be_written_can_be_looked_at_if_its_schema_is_ours() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a b#c?.db");
    let mut store = Store::open(&path).unwrap();
    store.commit(&source(), &Changes { items: vec![stored(1, "text")], ..Changes::default() }).unwrap();
    assert_eq!(Store::open_as_it_is(&path).unwrap().window(&source(), 9, 0).unwrap().len(), 1, "while another one writes");
    drop(store);
    let mut looking = Store::open_as_it_is(&path).unwrap();
    assert_eq!(looking.window(&source(), 9, 0).unwrap().len(), 1);
    assert_eq!(looking.forget("a.example/1").unwrap_err().code(), "store-not-writable");
    drop(looking);
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 4).unwrap();
    assert!(Store::open_as_it_is(&path).is_none(), "an older one would have to be brought up to date");
}

#[test]
fn a_damaged_store_gives_no_backup() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("x.db"), folder.path().join("copy.db"));
    many(400).backup(&path).unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    let from = bytes.len() / 2;
    bytes[from..from + 3_000].fill(0x5a);
    std::fs::write(&path, &bytes).unwrap();
    assert_eq!(Store::open(&path).unwrap().backup(&copy).unwrap_err().code(), "store-damaged");
    assert!(!copy.exists());
}
