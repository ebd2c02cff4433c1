//! One connection to the local site: reads requests, keeps the log, plays the answers.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read};
use std::net::Shutdown;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use super::{Answer, Asked, Responder, Step, Stream};

/// A client that says nothing for this long is gone; tests must not leave threads behind.
const PATIENCE: Duration = Duration::from_secs(60);

/// Answers requests until the other side hangs up or a script ends the connection.
pub(super) fn converse(stream: Box<dyn Stream>, respond: &Responder, log: &Mutex<Vec<Asked>>) {
    let _ = stream.socket().set_read_timeout(Some(PATIENCE));
    let _ = stream.socket().set_nodelay(true);
    let mut stream = BufReader::new(stream);
    while let Ok(Some(asked)) = read_request(&mut stream) {
        log.lock().unwrap().push(asked.clone());
        let end = match respond(&asked) {
            Answer::Plain { status, headers, body } => {
                write_plain(stream.get_mut().as_mut(), &asked.method, status, &headers, &body).is_err()
            }
            Answer::Script(steps) => {
                let _ = play(stream.get_mut().as_mut(), &steps);
                true
            }
        };
        if end {
            break;
        }
    }
}

fn read_request(stream: &mut BufReader<Box<dyn Stream>>) -> io::Result<Option<Asked>> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace();
    let method = words.next().unwrap_or("").to_owned();
    let path = words.next().unwrap_or("").to_owned();
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.insert(name.trim().to_ascii_lowercase(), value.trim().to_owned());
        }
    }
    let length: u64 = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    io::copy(&mut stream.by_ref().take(length), &mut io::sink())?;
    Ok(Some(Asked { method, path, headers, at: Instant::now() }))
}

fn write_plain(out: &mut dyn Stream, method: &str, status: u16, headers: &[(String, String)], body: &[u8]) -> io::Result<()> {
    let mut head = format!("HTTP/1.1 {status} Status\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if status != 304 {
        head.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    head.push_str("\r\n");
    out.write_all(head.as_bytes())?;
    if method != "HEAD" && status != 304 {
        out.write_all(body)?;
    }
    out.flush()
}

fn play(out: &mut dyn Stream, steps: &[Step]) -> io::Result<()> {
    for step in steps {
        match step {
            Step::Send(bytes) => {
                out.write_all(bytes)?;
                out.flush()?;
            }
            Step::Pause(time) => thread::sleep(*time),
            Step::Forever(bytes, gap) => {
                let began = Instant::now();
                while began.elapsed() < PATIENCE {
                    out.write_all(bytes)?;
                    out.flush()?;
                    thread::sleep(*gap);
                }
            }
            Step::Reset => return reset(out),
        }
    }
    out.socket().shutdown(Shutdown::Write)
}

/// With no time to linger, the close that follows is a reset.
fn reset(out: &mut dyn Stream) -> io::Result<()> {
    let socket = socket2::SockRef::from(out.socket());
    socket.set_linger(Some(Duration::ZERO))?;
    Ok(())
}
