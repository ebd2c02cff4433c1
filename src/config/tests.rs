//! What a person sees who wrote something wrong.

use super::*;

fn parse(text: &str) -> Result<Config, Error> {
    Config::parse(Path::new("config.toml"), text)
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let error = parse(text).expect_err("the text is wrong");
    assert_eq!(error.to_string().lines().collect::<Vec<_>>(), expected);
}

#[test]
fn an_address_is_enough() {
    let config = parse("[[source]]\nname = \"a\"\nurl = \"https://a.example/news\"\n").unwrap();
    assert_eq!(config.sources[0].every.as_secs(), 1800);
    assert_eq!(config.publish.items, 50);
}

#[test]
fn defaults_are_poured_under_every_source() {
    let config = parse(
        "[defaults]\nevery = \"1h\"\nlisting = { pages = 2 }\n[[source]]\nname = \"a\"\nurl = \"https://a.example/\"\nlisting = { item = \"li\" }\n\
         [[source]]\nname = \"b\"\nurl = \"https://b.example/\"\nevery = \"1d 12h\"\n",
    )
    .unwrap();
    assert_eq!(config.sources[0].listing.pages, 2);
    assert!(config.sources[0].listing.item.is_some());
    assert_eq!(config.sources[0].every.as_secs(), 3600);
    assert_eq!(config.sources[1].every.as_secs(), 129_600);
}

#[test]
fn keys_may_be_written_with_either_dash() {
    let config = parse("[publish]\nbase_url = \"https://x.example/f/\"\nmax-bytes = 5\n").unwrap();
    assert_eq!(config.publish.base_url.unwrap().as_str(), "https://x.example/f/");
    let config = parse("[publish]\nbase-url = \"https://x.example/f\"\n").unwrap();
    assert_eq!(config.publish.base_url.unwrap().as_str(), "https://x.example/f/", "a directory ends in a slash");
}

#[test]
fn all_errors_are_told_at_once_each_with_its_place() {
    check(
        "[publish]\nitmes = 5\n\n[[source]]\nname = \"A b\"\nurl = \"ftp://x\"\nevery = \"soon\"\nlisting = { item = \"li[\" }\ntimezone = \"Mars/One\"\n",
        &[
            "config.toml:2:1: unknown field `itmes`, expected one of `dir`, `base-url`, `title`, `formats`, `items`, `max-bytes`, `archives`, `by-source`, `health`, `metrics`",
            "config.toml:5:8: `A b` is not a usable name: expected 1 to 100 of a-z, 0-9, `-` and `_`, starting with a letter or digit",
            "config.toml:7:9: `soon` is not a length of time: expected for example `90s`, `30m`, `6h` or `1d 12h`",
            "config.toml:8:20: `li[` is not a CSS selector that can be read: expected for example `article.post` or `ul.news > li`",
            "config.toml:9:12: `Mars/One` is not a known time zone: expected an IANA name such as `Europe/Berlin`",
        ],
    );
}

#[test]
fn what_would_publish_nothing_is_wrong() {
    check(
        "[publish]\nformats = []\nitems = 0\n",
        &[
            "config.toml:2:11: expected at least one: without any, nothing is published",
            "config.toml:3:9: expected 1 or more: with 0, nothing is published",
        ],
    );
}

#[test]
fn names_must_be_unique_and_feeds_must_name_sources_that_exist() {
    check(
        "[[source]]\nname = \"city\"\nurl = \"https://a.example\"\n[[source]]\nname = \"city\"\nurl = \"https://b.example\"\n[[feed]]\nname = \"x\"\nsources = [\"ctiy\"]\n",
        &["config.toml:5:8: the name `city` is used twice", "config.toml:9:11: there is no source named `ctiy`"],
    );
}

#[test]
fn a_caret_points_at_the_character_and_a_hint_says_what_was_meant() {
    let error = parse("[publsh]\n").unwrap_err();
    let expected =
        "error: unknown section `publsh`\n --> config.toml:1:2\n  |\n1 | [publsh]\n  |  ^^^^^^\n  |\n  = help: did you mean `publish`?";
    assert_eq!(error.render(false).unwrap(), expected);
}

#[test]
fn a_broken_line_is_told_with_its_place() {
    let error = parse("[publish]\ndir = feeds\n").unwrap_err().to_string();
    assert!(error.starts_with("config.toml:2:7: "), "{error}");
}

#[test]
fn secrets_never_show() {
    let config =
        parse("[[source]]\nname = \"a\"\nurl = \"https://a.example\"\nheaders = { X_Key = \"hunter2\", B = { env = \"B_KEY\" } }\n")
            .unwrap();
    let shown = format!("{config:?}");
    assert!(!shown.contains("hunter2") && shown.contains("B_KEY") && shown.contains("X_Key"), "{shown}");
}

#[test]
fn adding_a_source_keeps_comments_and_order() {
    let before = "# mine\n[publish] # here\ndir = \"out\"\n\n[[source]]\nname = \"a\" # first\nurl = \"https://a.example/\"\n\n# the end\n";
    let after =
        edit::append_source(Path::new("config.toml"), before, &[("name", "b".into()), ("url", "https://b.example/".into())]).unwrap();
    assert!(after.contains("# mine") && after.contains("# first") && after.contains("# the end"), "{after}");
    assert!(after.find("name = \"a\"").unwrap() < after.find("name = \"b\"").unwrap());
    assert_eq!(parse(&after).unwrap().sources.len(), 2);
}

#[test]
fn the_shipped_configuration_reads() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config.toml");
    assert_eq!(Config::read(&path).unwrap().sources.len(), 1);
}
