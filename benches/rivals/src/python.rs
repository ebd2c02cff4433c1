//! trafilatura, timed inside a Python of its own: start and imports do not count.

use std::error::Error;
use std::io::Write as _;
use std::process::{Command, Stdio};

use rivals::Page;

/// Reads `{"text", "url"}` a line and prints the sum of each page's best of three rounds, in seconds of processor time.
const PROGRAM: &str = "
import json, sys, time
import trafilatura
pages = [json.loads(line) for line in sys.stdin]
best = [float('inf')] * len(pages)
for _ in range(3):
    for at, page in enumerate(pages):
        began = time.process_time()
        trafilatura.bare_extraction(page['text'], url=page['url'], with_metadata=True)
        best[at] = min(best[at], time.process_time() - began)
print(sum(best))
";

/// The seconds that trafilatura takes for all pages, on one thread.
pub fn trafilatura(pages: &[Page]) -> Result<f64, Box<dyn Error>> {
    let mut child =
        Command::new("python3").args(["-c", PROGRAM]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let mut input = child.stdin.take().ok_or("no way in")?;
    for page in pages {
        // A Python that has no trafilatura is gone by now; its exit says so.
        if writeln!(input, "{}", serde_json::json!({"text": page.text, "url": page.address})).is_err() {
            break;
        }
    }
    drop(input);
    let output = child.wait_with_output()?;
    if !output.status.success() {
        return Err("`python3` has no trafilatura".into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}
