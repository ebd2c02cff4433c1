//! A stranger's server at its worst, one case each: what it does, what the user sees, and what it may cost.
//!
//! Each case is one run of the real program with two sources: an honest one, which must come out whole every time, and the hostile
//! one. The table says the words on stderr, the seconds, the mebibytes of memory (the process's own high-water mark) and the
//! mebibytes that the server could get rid of. The program runs with short time-outs, so that the whole suite takes seconds.

mod bodies;
mod codings;
mod framing;
mod http2;
mod manners;
mod pages;
mod redirects;
mod run;
mod secrets;
mod stage;
mod timing;
mod tls;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use stage::Stage;

/// What the user sees of the hostile source.
enum Sees {
    /// The source fails: exit code 1, and its line on stderr has all of these words.
    Stops(&'static [&'static str]),
    /// So many items are published, exit code 0, and stderr (with `-v`) has all of these words.
    Reads(usize, &'static [&'static str]),
}

/// Puts the servers up and gives the source's address.
type Serve = Box<dyn Fn(&mut Stage) -> String + Send + Sync>;

/// One case.
struct Case {
    name: String,
    serve: Serve,
    sees: Sees,
    /// The longest that the whole run may take.
    seconds: f64,
    /// The most memory, in MiB.
    memory: u64,
    /// The most that all hostile servers together may have sent, in MiB: a client that hangs up keeps this small.
    sent: u64,
    /// What else must hold; what it says is the complaint.
    also: fn(&Stage) -> Option<String>,
}

/// What a run takes at most that stops at the first answer, on a busy machine.
const SECONDS: f64 = 20.0;
/// What the program takes in a debug build with nothing special to do is about 40 MiB; the rest is room for the body of 2 MB in its forms.
const MEMORY: u64 = 100;
/// The body's cap of 2 MB, and what kernels buffer between two sockets: 3 MiB in all is what is seen.
const SENT: u64 = 8;

/// A case with the ordinary bounds.
fn case(name: impl Into<String>, sees: Sees, serve: impl Fn(&mut Stage) -> String + Send + Sync + 'static) -> Case {
    Case { name: name.into(), serve: Box::new(serve), sees, seconds: SECONDS, memory: MEMORY, sent: SENT, also: |_| None }
}

impl Case {
    fn and(self, also: fn(&Stage) -> Option<String>) -> Self {
        Self { also, ..self }
    }

    /// For pages that are long in the reading: debug builds parse some twenty times slower.
    fn within(self, seconds: f64, memory: u64) -> Self {
        Self { seconds, memory, ..self }
    }
}

/// How many runs go on at the same time: most of a hostile case is waiting.
const AT_ONCE: usize = 8;

fn table() -> Vec<Case> {
    [
        timing::cases(),
        bodies::cases(),
        codings::cases(),
        framing::cases(),
        redirects::cases(),
        secrets::cases(),
        pages::cases(),
        manners::cases(),
        tls::cases(),
        http2::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn every_hostile_server_costs_little_and_is_told_clearly() {
    let mut cases = table();
    assert!(cases.len() >= 60, "only {} cases", cases.len());
    // For work on a few of them: `HOSTILE=redirect cargo test hostile`.
    if let Ok(word) = std::env::var("HOSTILE") {
        cases.retain(|case| case.name.contains(&word));
    }
    let (next, complaints) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if run::run(case).is_err() {
                        complaints.lock().unwrap().push(case.name.clone());
                    }
                }
            });
        }
    });
    // A machine that is busy with other things makes honest servers look slow: what complained is played once more, alone.
    let names = complaints.into_inner().unwrap();
    let complaints: Vec<String> = names
        .iter()
        .filter_map(|name| cases.iter().find(|case| case.name == *name))
        .filter_map(|case| run::run(case).err().map(|complaint| format!("{}: {complaint}", case.name)))
        .collect();
    assert!(complaints.is_empty(), "{} of {} cases:\n\n{}", complaints.len(), cases.len(), complaints.join("\n\n"));
}
