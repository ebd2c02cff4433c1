//! `add`: what a new user sees and gets, and what is left alone.

use crate::newsroom;
use crate::workplace::Workplace;

const CONFIG: &str = "# My feeds.\n[publish]\ndir = \"feeds\" # served by nginx\n\n[fetch]\nspacing = \"0s\"\n";

#[test]
fn a_page_is_shown_followed_and_published_without_an_edit() {
    let site = newsroom::site(9);
    let workplace = Workplace::new(CONFIG);
    let shown = workplace.succeed(&["add", &site.url("/"), "--yes", "--explain-rules"]);
    for words in [
        "9 items, confidence",
        &newsroom::headline(0),
        "one article in full",
        "Northwire",
        "listing = { item = \"li.item\", link = \"a\" }",
    ] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
    let config = String::from_utf8(workplace.bytes("config.toml")).unwrap();
    assert_eq!(config, format!("{CONFIG}\n[[source]]\nname = \"test-courier\"\nurl = \"{}\"\n", site.url("/")));
    workplace.succeed(&["run"]);
    assert_eq!(workplace.feed("test-courier.atom.xml").entries.len(), 9);
    let again = workplace.run(&["add", &site.url("/"), "--yes"]);
    assert_eq!(again.status.code(), Some(2), "the page is followed already");
}

#[test]
fn a_dry_run_writes_nothing() {
    let site = newsroom::site(9);
    let workplace = Workplace::new(CONFIG);
    let shown = workplace.succeed(&["add", &site.url("/"), "--dry-run", "--name", "courier"]);
    assert!(shown.contains("[[source]]\nname = \"courier\"\n"), "{shown}");
    assert_eq!(workplace.bytes("config.toml"), CONFIG.as_bytes());
}
