//! What whoever runs the program for years relies on: items out and in, the operations feed, metrics, hooks, locks and signals.

use std::fs;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use feedwright::store::Store;

use crate::newsroom;
use crate::support::{Answer, Asked, Site, Step};
use crate::workplace::Workplace;

/// A newsroom that can be ill.
fn moody(articles: usize) -> (Site, Arc<AtomicBool>) {
    let ill = Arc::new(AtomicBool::new(false));
    let mood = Arc::clone(&ill);
    let site = Site::start_with(move |asked: &Asked| {
        if mood.load(Ordering::Relaxed) {
            return Answer::html("<title>Just a moment...</title><h1>Checking your browser</h1>");
        }
        if asked.path == "/" {
            return Answer::html(&newsroom::listing(0..articles));
        }
        match (0..articles).find(|&number| newsroom::path(number) == asked.path) {
            Some(number) => Answer::html(&newsroom::article(number, "")),
            None => Answer::not_found(),
        }
    });
    (site, ill)
}

#[test]
fn items_go_out_and_in_again_and_nothing_is_read_twice() {
    let site = newsroom::site(9);
    let config = newsroom::config(&site.url("/"), 4);
    let first = Workplace::new(&config);
    first.succeed(&["run"]);
    let exported = first.succeed(&["export", "--items"]);
    assert_eq!(exported.lines().count(), 9);
    let second = Workplace::new(&config);
    fs::write(second.path("items.jsonl"), &exported).unwrap();
    second.succeed(&["import", "--items", "items.jsonl"]);
    second.succeed(&["import", "--items", "items.jsonl"]);
    assert_eq!(second.succeed(&["export", "--items"]), exported);
    let asked = site.paths().len();
    second.succeed(&["run"]);
    assert_eq!(site.paths()[asked..], ["/"], "what was taken in is known");
    assert_eq!(second.bytes("feeds/courier.atom.xml"), first.bytes("feeds/courier.atom.xml"));
}

#[test]
fn trouble_is_told_in_a_feed_of_its_own_and_in_the_metrics_and_never_in_the_source_s_feed() {
    let (site, ill) = moody(9);
    let config = newsroom::config(&site.url("/"), 20).replace("[fetch]", "health = true\nmetrics = \"node/feedwright.prom\"\n\n[fetch]");
    let workplace = Workplace::new(&config);
    workplace.succeed(&["run"]);
    let before = workplace.bytes("feeds/courier.atom.xml");
    assert!(!workplace.path("feeds/_health.atom.xml").exists(), "nothing to tell");
    ill.store(true, Ordering::Relaxed);
    for _ in 0..3 {
        assert_eq!(workplace.run(&["run", "--force"]).status.code(), Some(1));
    }
    assert_eq!(workplace.bytes("feeds/courier.atom.xml"), before);
    let told = workplace.feed("_health.atom.xml");
    assert_eq!(told.entries.len(), 1, "one incident, however long it lasts");
    assert!(told.entries[0].title.as_ref().unwrap().content.starts_with("courier fails: "));
    let metrics = String::from_utf8(workplace.bytes("node/feedwright.prom")).unwrap();
    assert!(metrics.contains("feedwright_source_failures{source=\"courier\"} 3"), "{metrics}");
    assert!(metrics.contains("feedwright_source_items{source=\"courier\"} 9"), "{metrics}");
    ill.store(false, Ordering::Relaxed);
    workplace.succeed(&["run", "--force"]);
    let told = workplace.feed("_health.atom.xml");
    assert_eq!(told.entries.len(), 1);
    assert!(told.entries[0].title.as_ref().unwrap().content.starts_with("courier is well again"));
    assert!(workplace.succeed(&["status", "courier"]).contains("9 items; good"));
}

#[test]
fn files_of_removed_sources_are_listed_and_removed_only_when_asked() {
    let site = newsroom::site(9);
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 4));
    workplace.succeed(&["run"]);
    let config = fs::read_to_string(workplace.path("config.toml")).unwrap().replace("\"courier\"", "\"herald\"");
    fs::write(workplace.path("config.toml"), config).unwrap();
    workplace.succeed(&["run"]);
    assert!(workplace.succeed(&["status"]).contains("courier.archive-0001.atom.xml"));
    assert!(workplace.path("feeds/courier.atom.xml").exists());
    workplace.succeed(&["prune", "--orphans"]);
    assert!(!workplace.path("feeds/courier.atom.xml").exists() && !workplace.path("feeds/courier.archive-0001.json").exists());
    assert!(workplace.path("feeds/herald.archive-0001.json").exists());
}

/// A site whose front page comes late.
fn slow() -> Site {
    Site::start_with(|asked: &Asked| match asked.path.as_str() {
        "/robots.txt" => Answer::text(""),
        "/" => Answer::Script(vec![
            Step::Pause(Duration::from_secs(5)),
            Step::Send(b"HTTP/1.1 404 Gone\r\nContent-Length: 0\r\n\r\n".to_vec()),
        ]),
        _ => Answer::not_found(),
    })
}

#[test]
fn a_signal_ends_a_run_and_one_that_waits_for_it_within_two_seconds() {
    let site = slow();
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 4));
    let mut first = workplace.start(&["run"]);
    let began = Instant::now();
    while site.asked("/").is_empty() && began.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let busy = workplace.run(&["run"]);
    let talk = String::from_utf8_lossy(&busy.stderr).into_owned();
    assert_eq!(busy.status.code(), Some(3), "{talk}");
    assert!(talk.contains(&format!("process {}", first.id())), "{talk}");
    let mut waiting = workplace.start(&["run", "--wait"]);
    // The second one is given time to hear signals.
    std::thread::sleep(Duration::from_millis(1_000));
    for child in [&mut waiting, &mut first] {
        let asked = Instant::now();
        Command::new("kill").args(["-TERM", &child.id().to_string()]).stdout(Stdio::null()).status().unwrap();
        let status = child.wait().unwrap();
        assert!(asked.elapsed() < Duration::from_secs(2), "{:?}", asked.elapsed());
        assert!(status.success(), "{status:?}");
    }
    assert!(Store::open(&workplace.path("feedwright.db")).unwrap().check().unwrap().is_empty());
}

#[test]
fn a_run_that_waits_takes_its_turn() {
    let site = newsroom::site(9);
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 4));
    let mut children: Vec<_> = (0..3).map(|_| workplace.start(&["run", "--force", "--wait"])).collect();
    for child in &mut children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(crate::year::walker::walk(&workplace, "courier.json").0.len(), 9);
}

#[test]
fn a_backup_is_taken_while_a_run_is_at_work() {
    let site = slow();
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 4));
    let mut run = workplace.start(&["run"]);
    let began = Instant::now();
    while site.asked("/").is_empty() && began.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(20));
    }
    workplace.succeed(&["backup", "copy.db"]);
    assert!(Store::open(&workplace.path("copy.db")).unwrap().check().unwrap().is_empty());
    run.kill().unwrap();
    run.wait().unwrap();
}

#[test]
fn keeping_few_items_drops_whole_archives_and_what_is_dropped_stays_away() {
    let site = newsroom::site(20);
    let config = newsroom::config(&site.url("/"), 4) + "keep = 8\n";
    let workplace = Workplace::new(&config);
    workplace.succeed(&["run"]);
    let kept = crate::year::walker::walk(&workplace, "courier.atom.xml").0;
    assert!((8..12).contains(&kept.len()), "{}", kept.len());
    let before = workplace.feeds();
    workplace.succeed(&["run", "--force"]);
    assert_eq!(workplace.feeds(), before);
}

#[test]
fn what_is_forgotten_stays_away_although_it_is_still_listed_until_that_is_undone() {
    let site = newsroom::site(9);
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 20));
    workplace.succeed(&["run"]);
    let address = site.url(&newsroom::path(4));
    let ids =
        |workplace: &Workplace| -> Vec<String> { workplace.feed("courier.atom.xml").entries.into_iter().map(|entry| entry.id).collect() };
    let before = ids(&workplace);
    workplace.succeed(&["forget", &address]);
    let asked = site.paths().len();
    for _ in 0..2 {
        // A changed rule has the listing read in full, whatever its server says.
        let config = fs::read_to_string(workplace.path("config.toml")).unwrap() + "max-new = 50\n";
        fs::write(workplace.path("config.toml"), config.replacen("max-new = 50\nmax-new = 50\n", "max-new = 60\n", 1)).unwrap();
        workplace.succeed(&["run", "--force"]);
        assert_eq!(ids(&workplace).len(), 8);
    }
    assert_eq!(site.paths()[asked..], ["/", "/"], "it is not even asked for");
    assert_eq!(workplace.run(&["forget", &address]).status.code(), Some(2), "it is gone already");
    workplace.succeed(&["forget", "--undo", &address]);
    workplace.succeed(&["run", "--force"]);
    assert_eq!(ids(&workplace), before, "it is back under its old id");
    assert_eq!(workplace.run(&["forget", "--undo", &address]).status.code(), Some(2));
}

#[test]
fn a_forgotten_article_does_not_come_back_under_another_address() {
    let is_moved = Arc::new(AtomicBool::new(false));
    let moved = Arc::clone(&is_moved);
    let site = Site::start_with(move |asked: &Asked| {
        let slug = if moved.load(Ordering::Relaxed) { "told-anew" } else { "report" };
        let page = |text: String| Answer::html(&text.replace("report-", &format!("{slug}-")));
        if asked.path == "/" {
            return page(newsroom::listing(0..9));
        }
        match (0..9).find(|&number| newsroom::path(number).replace("report", slug) == asked.path) {
            Some(number) => page(newsroom::article(number, "")),
            None => Answer::not_found(),
        }
    });
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 20));
    workplace.succeed(&["run"]);
    workplace.succeed(&["forget", &site.url(&newsroom::path(4))]);
    is_moved.store(true, Ordering::Relaxed);
    let asked = site.paths().len();
    workplace.succeed(&["run", "--force"]);
    assert_eq!(site.paths().len(), asked + 10, "all are read: they have new addresses");
    assert_eq!(workplace.feed("courier.atom.xml").entries.len(), 8);
    assert_eq!(workplace.succeed(&["export", "--items"]).lines().count(), 8);
}

#[test]
fn articles_that_are_left_out_are_read_once_and_let_in_when_the_rules_change() {
    let extra = Arc::new(AtomicBool::new(false));
    let is_longer = Arc::clone(&extra);
    let site = Site::start_with(move |asked: &Asked| {
        let count = if is_longer.load(Ordering::Relaxed) { 10 } else { 9 };
        if asked.path == "/" {
            return Answer::html(&newsroom::listing(0..count));
        }
        match (0..count).find(|&number| newsroom::path(number) == asked.path) {
            Some(number) if number % 3 == 0 => Answer::html(&newsroom::article(number, &" And more was told of it.".repeat(5))),
            Some(number) => Answer::html(&newsroom::article(number, "")),
            None => Answer::not_found(),
        }
    });
    let config = newsroom::config(&site.url("/"), 20);
    let count = |workplace: &Workplace| workplace.succeed(&["export", "--items"]).lines().count();
    for rule in [
        "items = { min-text = 1100 }\n",
        "transform = [\"sh\", \"-c\", \"if grep -q 'more was told'; then echo '{}'; else echo null; fi\"]\n",
    ] {
        extra.store(false, Ordering::Relaxed);
        let workplace = Workplace::new(&(config.clone() + rule));
        let command = |arguments: &[&str]| {
            let output = workplace.command(arguments).env("PATH", "/usr/bin:/bin").output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        };
        command(&["run"]);
        assert_eq!(count(&workplace), 3, "{rule}");
        extra.store(true, Ordering::Relaxed);
        let asked = site.paths().len();
        command(&["run", "--force"]);
        assert_eq!(site.paths()[asked..], ["/".to_owned(), newsroom::path(9)], "{rule}");
        fs::write(workplace.path("config.toml"), &config).unwrap();
        command(&["run", "--force"]);
        assert_eq!(count(&workplace), 10, "{rule}");
    }
}

#[test]
fn feeds_of_outlets_that_are_credited_no_more_are_listed_and_removed_only_when_asked() {
    let site = newsroom::site(9);
    let config = newsroom::config(&site.url("/"), 4).replace("[fetch]", "by-source = 9\n\n[fetch]");
    let workplace = Workplace::new(&config);
    workplace.succeed(&["run"]);
    assert!(!workplace.succeed(&["status"]).contains("by-source/"));
    fs::write(workplace.path("feeds/by-source/notes.txt"), "mine").unwrap();
    workplace.succeed(&["forget", &site.url(&newsroom::path(4))]);
    workplace.succeed(&["run"]);
    assert!(workplace.succeed(&["status"]).contains("by-source/northwire.atom.xml"));
    assert!(workplace.path("feeds/by-source/northwire.atom.xml").exists());
    workplace.succeed(&["prune", "--orphans"]);
    let left: Vec<_> = fs::read_dir(workplace.path("feeds/by-source")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["notes.txt"]);
}

#[test]
fn a_signal_is_heard_while_a_hook_is_at_work_and_ends_a_watch_as_well() {
    let site = newsroom::site(9);
    let config = newsroom::config(&site.url("/"), 4) + "\n[hooks]\non-new-items = [\"sh\", \"-c\", \"echo > hook; sleep 25\"]\n";
    for command in ["run", "watch"] {
        let workplace = Workplace::new(&config);
        let mut child = workplace.command(&[command]).env("PATH", "/usr/bin:/bin").stderr(Stdio::null()).spawn().unwrap();
        let began = Instant::now();
        while !workplace.path("hook").exists() && began.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(20));
        }
        let asked = Instant::now();
        Command::new("kill").args(["-TERM", &child.id().to_string()]).stdout(Stdio::null()).status().unwrap();
        assert!(child.wait().unwrap().success(), "{command}");
        assert!(asked.elapsed() < Duration::from_secs(2), "{command}: {:?}", asked.elapsed());
        assert_eq!(crate::year::walker::walk(&workplace, "courier.json").0.len(), 9, "{command}: what was read is published");
    }
}
