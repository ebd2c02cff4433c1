//! What goes wrong on the user's own machine: a clock that was ahead, commands that cannot run, an output that is full.

use std::fs::File;
use std::process::{Output, Stdio};

use crate::newsroom;
use crate::workplace::Workplace;

fn talk(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_clock_that_was_ahead_once_stops_nothing_once_it_is_right() {
    for ahead in ["+2 hours", "+1 year"] {
        let site = newsroom::site(9);
        let workplace = Workplace::new(&newsroom::config(&site.url("/"), 4));
        workplace.succeed(&["run"]);
        let store = rusqlite::Connection::open(workplace.path("feedwright.db")).unwrap();
        let shifted = |table: &str, keys: &[&str]| {
            let set: String = keys.iter().map(|key| format!(", '$.{key}', strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '{ahead}')")).collect();
            format!("UPDATE {table} SET state = json_set(state{set})")
        };
        store.execute(&shifted("source", &["last_success", "polls[0].at"]), []).unwrap();
        store.execute(&shifted("host", &["last_request", "robots.at"]), []).unwrap();
        store.execute(&format!("UPDATE source SET next_due = unixepoch('now', '{ahead}') * 1000"), []).unwrap();
        drop(store);
        let asked = site.paths().len();
        workplace.succeed(&["run"]);
        assert!(site.paths().len() > asked, "{ahead}: the source is polled again");
        let asked = site.paths().len();
        workplace.succeed(&["run"]);
        assert_eq!(site.paths().len(), asked, "{ahead}: and then waits for its interval as ever");
    }
}

#[test]
fn an_article_that_its_transform_cannot_see_is_not_published() {
    let site = newsroom::site(9);
    let config = newsroom::config(&site.url("/"), 4);
    let workplace = Workplace::new(&(config + "transform = [\"/nowhere/redact\"]\n"));
    let checked = workplace.run(&["check"]);
    assert!(checked.status.success() && talk(&checked).contains("the command `/nowhere/redact` is not found"), "{}", talk(&checked));
    let output = workplace.run(&["run"]);
    assert_eq!(output.status.code(), Some(1), "{}", talk(&output));
    assert!(talk(&output).contains("its `transform` failed: cannot run `/nowhere/redact`"), "{}", talk(&output));
    assert_eq!(workplace.succeed(&["export", "--items"]), "");
    let told = workplace.succeed(&["status", "courier"]);
    assert!(told.contains("could not be read: 9; they are tried again while they are listed"), "{told}");
    assert!(told.contains("×1, again in "), "{told}");
}

#[test]
fn a_hook_that_cannot_run_is_told_and_spoils_nothing() {
    let site = newsroom::site(9);
    let config = newsroom::config(&site.url("/"), 4) + "\n[hooks]\non-new-items = [\"/nowhere/tell\"]\n";
    let workplace = Workplace::new(&config);
    let output = workplace.run(&["run"]);
    assert!(output.status.success());
    assert!(talk(&output).contains("warning: the hook `on-new-items` failed for source `courier`"), "{}", talk(&output));
    assert!(!workplace.feed("courier.atom.xml").entries.is_empty());
}

#[test]
fn metrics_may_be_a_bare_name() {
    let site = newsroom::site(9);
    let config = newsroom::config(&site.url("/"), 4).replace("[fetch]", "metrics = \"feedwright.prom\"\n\n[fetch]");
    // As cron runs it: the configuration is found where it stands.
    let workplace = Workplace::new(&config);
    workplace.succeed(&["run"]);
    assert!(String::from_utf8(workplace.bytes("feedwright.prom")).unwrap().contains("feedwright_source_items"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_output_is_an_error_and_no_panic() {
    let site = newsroom::site(9);
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 4));
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = workplace.command(&["status"]).stdout(Stdio::from(full)).output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", talk(&output));
    assert!(talk(&output).contains("cannot write to standard output"), "{}", talk(&output));
}
