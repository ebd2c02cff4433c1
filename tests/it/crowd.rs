//! Many sources on many hosts, some of them hostile: the honest ones must hardly notice, and memory must stay bounded.
//!
//! In the suite it is a small crowd with short time-outs. The large one, with the options that users have, takes minutes:
//! `CROWD=500 cargo test --profile quick --test it crowd -- --nocapture` (500 sources on 250 hosts, 20 of them hostile).

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use flate2::Compression;

use crate::newsroom;
use crate::support::{Answer, Asked, Site, Step};
use crate::workplace::Workplace;

/// How large the crowd is, and how the program is set up for it.
struct Crowd {
    hosts: usize,
    hostile: usize,
    fetch: &'static str,
}

/// What a run came to.
#[derive(Debug, Clone, Copy)]
struct Figures {
    /// When the last honest host was asked for the last time.
    asked: Duration,
    /// When the last honest feed was there.
    published: Duration,
    /// When the program ended.
    ended: Duration,
    /// Its largest memory, in bytes.
    memory: u64,
    requests: usize,
}

const SOURCES_A_HOST: usize = 2;
const ARTICLES: usize = 3;

fn honest(asked: &Asked) -> Answer {
    // Both sources of a host have articles of their own.
    let first = if asked.path.contains("page=2") { 100 } else { 0 };
    match asked.path.as_str() {
        "/robots.txt" => Answer::text("User-agent: *\nDisallow: /private"),
        "/" | "/?page=2" => Answer::html(&newsroom::listing(first..first + ARTICLES)),
        path => match (0..ARTICLES).chain(100..100 + ARTICLES).find(|&number| newsroom::path(number) == path) {
            Some(number) => Answer::html(&newsroom::article(number, "")),
            None => Answer::not_found(),
        },
    }
}

/// One of eight ways to be hostile.
fn hostile(kind: usize, asked: &Asked) -> Answer {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n";
    let send = || Step::Send(head.into());
    if asked.path == "/robots.txt" {
        return if kind == 0 { Answer::Script(vec![Step::Pause(Duration::from_secs(90))]) } else { Answer::text("") };
    }
    match kind {
        1 => Answer::Script(vec![send(), Step::Forever(b"a".to_vec(), Duration::from_millis(500))]),
        2 => Answer::Script(vec![send(), Step::Forever(vec![b'a'; 64 << 10], Duration::ZERO)]),
        3 => {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(&vec![0; 30 << 20]).unwrap();
            Answer::ok("text/html", encoder.finish().unwrap()).with("Content-Encoding", "gzip")
        }
        4 => Answer::Script(vec![Step::Reset]),
        5 => Answer::html(&"<div><p>".repeat(1_100_000)),
        6 => Answer::redirect(&format!("{}x", asked.path)),
        _ => Answer::Script(vec![Step::Pause(Duration::from_secs(90))]),
    }
}

fn play(crowd: &Crowd, with_hostile: bool) -> Figures {
    let address = |host: usize| format!("127.10.{}.{}:0", host / 250, host % 250 + 1);
    let mut config = format!("[publish]\nbase-url = \"https://feeds.example/\"\n[fetch]\nproxy = \"none\"\n{}\n", crowd.fetch);
    let mut sites = Vec::new();
    for host in 0..crowd.hosts {
        let is_hostile = host < crowd.hostile;
        if is_hostile && !with_hostile {
            continue;
        }
        let kind = host % 8;
        let site = Site::start_with_at(&address(host), move |asked| if is_hostile { hostile(kind, asked) } else { honest(asked) });
        for (number, path) in ["/", "/?page=2"].iter().enumerate().take(SOURCES_A_HOST) {
            let name = if is_hostile { "hostile" } else { "honest" };
            config += &format!("[[source]]\nname = \"{name}-{host}-{number}\"\nurl = \"{}\"\n", site.url(path));
        }
        sites.push((is_hostile, site));
    }
    let workplace = Workplace::new(&config);
    let wanted = (crowd.hosts - crowd.hostile) * SOURCES_A_HOST;
    let (began, done) = (Instant::now(), AtomicBool::new(false));
    let (output, memory, published) = thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let count = || {
                std::fs::read_dir(workplace.path("feeds")).map_or(0, |files| {
                    let names = files.filter_map(|file| Some(file.ok()?.file_name().to_string_lossy().into_owned()));
                    names.filter(|name| name.starts_with("honest") && name.ends_with(".json")).count()
                })
            };
            while !done.load(Ordering::Relaxed) && count() < wanted {
                thread::sleep(Duration::from_millis(50));
            }
            assert_eq!(count(), wanted, "honest feeds");
            began.elapsed()
        });
        let (output, memory) = workplace.measure(&["run"]);
        done.store(true, Ordering::Relaxed);
        (output, memory, watcher.join().unwrap())
    });
    let ended = began.elapsed();
    assert_eq!(output.status.code(), Some(i32::from(with_hostile)), "{}", String::from_utf8_lossy(&output.stderr));
    let log: Vec<_> = sites.iter().filter(|(is_hostile, _)| !is_hostile).flat_map(|(_, site)| site.log()).collect();
    let asked = log.iter().map(|asked| asked.at).max().unwrap() - began;
    for number in 0..ARTICLES {
        assert_eq!(log.iter().filter(|asked| asked.path == newsroom::path(number)).count(), crowd.hosts - crowd.hostile);
    }
    Figures { asked, published, ended, memory, requests: log.len() }
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures of the large crowd are what it is run for")]
fn hostile_hosts_hold_up_nobody_else() {
    let large = std::env::var("CROWD").ok().and_then(|sources| sources.parse::<usize>().ok());
    let crowd = match large {
        Some(sources) => Crowd { hosts: sources / SOURCES_A_HOST, hostile: sources / 25, fetch: "" },
        None => Crowd {
            hosts: 24,
            hostile: 8,
            fetch: "spacing = \"300ms\"\nsite-spacing = \"0s\"\nfirst-byte-timeout = \"4s\"\nidle-timeout = \"4s\"\ntotal-timeout = \"6s\"\nretries = 0\n",
        },
    };
    let (alone, among) = (play(&crowd, false), play(&crowd, true));
    println!("honest alone: {alone:?}\namong {} hostile hosts: {among:?}", crowd.hostile);
    // A small crowd is done in seconds, where a busy machine's hiccups weigh more than hostile hosts.
    let hiccup = Duration::from_secs(if large.is_some() { 0 } else { 3 });
    assert!(among.asked <= alone.asked.mul_f64(1.5) + hiccup, "the honest ones were held up: {alone:?} {among:?}");
    assert!(among.published <= among.ended);
    assert!(among.memory <= 200 << 20, "{} MiB of memory", among.memory >> 20);
    assert_eq!(alone.requests, among.requests);
}
