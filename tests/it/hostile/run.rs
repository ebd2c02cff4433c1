//! Plays one case and compares.

use std::time::Instant;

use super::stage::{self, Stage};
use super::{Case, Sees};
use crate::support::Site;
use crate::workplace::Workplace;

const MIB: u64 = 1 << 20;

/// Runs the program against the case; the error is what was not as the table says.
#[expect(clippy::print_stdout, reason = "what each case costs, where that is asked for")]
pub(super) fn run(case: &Case) -> Result<(), String> {
    let honest = Site::start_with(stage::honest);
    let mut stage = Stage::new();
    let url = (case.serve)(&mut stage);
    let workplace = Workplace::new(&config(&stage, &honest.url("/"), &url));
    let began = Instant::now();
    let (output, memory) = workplace.measure(&["run", "-v"]);
    let seconds = began.elapsed().as_secs_f64();
    let talk = String::from_utf8_lossy(&output.stderr).into_owned();
    let code = output.status.code();
    let count = |file: &str| workplace.path("feeds").join(file).exists().then(|| workplace.feed(file).entries.len());
    let mut wrong = Vec::new();
    let mut want = |holds: bool, complaint: String| {
        if !holds {
            wrong.push(complaint);
        }
    };
    let (items, words, line) = match case.sees {
        Sees::Stops(words) => {
            let line = talk.lines().find(|line| line.starts_with("error: source `hostile`")).unwrap_or("").to_owned();
            want(code == Some(1), format!("exit code {code:?}"));
            (0, words, line)
        }
        Sees::Reads(items, words) => {
            want(code == Some(0), format!("exit code {code:?}"));
            (items, words, talk.clone())
        }
    };
    for word in words {
        want(line.contains(word), format!("`{word}` was not told"));
    }
    let (hostile, good) = (count("hostile.atom.xml").unwrap_or(0), count("honest.atom.xml"));
    want(hostile == items, format!("{hostile} items instead of {items}"));
    want(good == Some(4), format!("the honest source has {good:?} items instead of 4"));
    want(seconds <= case.seconds, format!("took {seconds:.1} s"));
    want(memory <= case.memory * MIB, format!("took {} MiB of memory", memory / MIB));
    want(stage.sent() <= case.sent * MIB, format!("let itself be sent {} MiB", stage.sent() / MIB));
    want(stage.untouched.iter().all(|site| site.connections() == 0), "a server was asked that must not be".to_owned());
    let more = (case.also)(&stage);
    want(more.is_none(), more.clone().unwrap_or_default());
    want(!talk.contains(super::secrets::SECRET), "a secret was printed".to_owned());
    let is_panic = talk.contains("panicked");
    want(!is_panic, "the program panicked".to_owned());
    if std::env::var_os("HOSTILE_FIGURES").is_some() {
        println!("{:60} {seconds:5.1} s {:4} MiB memory {:7} KiB sent", case.name, memory / MIB, stage.sent() / 1024);
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("{}\n{}", wrong.join("; "), shorten(&talk))) }
}

/// Short budgets. They are long enough for an honest answer on a busy machine.
fn config(stage: &Stage, honest: &str, hostile: &str) -> String {
    format!(
        "[publish]\nbase-url = \"https://feeds.example/\"\n[fetch]\nspacing = \"0s\"\nsite-spacing = \"0s\"\nconnect-timeout = \"3s\"\n\
         first-byte-timeout = \"3s\"\nidle-timeout = \"2s\"\ntotal-timeout = \"6s\"\nmax-bytes = {}\nretries = 0\nproxy = \"none\"\n{}\n\
         [[source]]\nname = \"honest\"\nurl = \"{honest}\"\n\n[[source]]\nname = \"hostile\"\nurl = \"{hostile}\"\n{}\n",
        stage.max_bytes, stage.fetch, stage.source
    )
}

fn shorten(talk: &str) -> String {
    talk.lines().map(|line| line.chars().take(400).collect::<String>() + "\n").take(30).collect()
}
