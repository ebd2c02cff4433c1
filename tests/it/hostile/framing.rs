//! Broken HTTP/1.1: lengths that lie, chunks that are none, headers without end, and connections that end too soon.

use std::time::Duration;

use super::{Case, Sees, case};
use crate::newsroom;
use crate::support::{Answer, Step};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
const CHUNKED: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n";

fn front(name: &str, words: &'static [&'static str], steps: Vec<Step>) -> Case {
    case(name, Sees::Stops(words), move |stage| stage.front(Answer::Script(steps.clone())))
}

fn raw(name: &str, words: &'static [&'static str], bytes: impl Into<Vec<u8>>) -> Case {
    front(name, words, vec![Step::Send(bytes.into())])
}

fn read(name: &str, bytes: String) -> Case {
    case(name, Sees::Reads(4, &[]), move |stage| stage.front(Answer::raw(bytes.clone())))
}

fn lengths() -> Vec<Case> {
    let page = newsroom::listing(0..4);
    let length = page.len();
    vec![
        raw("a body shorter than its length", &["broke while reading the body"], format!("{OK}Content-Length: 9999\r\n\r\n<p>short")),
        read("a body longer than its length", format!("{OK}Content-Length: {length}\r\n\r\n{page}<p>trailing rubbish")),
        raw("two lengths", &["malformed"], format!("{OK}Content-Length: 5\r\nContent-Length: 50\r\n\r\n<p>ab")),
        raw("a negative length", &["malformed"], format!("{OK}Content-Length: -1\r\n\r\n<p>ab")),
        raw("a length beyond all numbers", &["malformed"], format!("{OK}Content-Length: 99999999999999999999999\r\n\r\n<p>ab")),
        front(
            "ten gigabytes, as announced",
            &["its body is larger than 2000000 bytes"],
            vec![
                Step::Send(format!("{OK}Content-Length: 10000000000\r\n\r\n").into_bytes()),
                Step::Forever(vec![b'x'; 16 << 10], Duration::ZERO),
            ],
        ),
        read("a page without length, ended by hanging up", format!("{OK}\r\n{page}")),
    ]
}

fn chunks() -> Vec<Case> {
    let page = newsroom::listing(0..4);
    let size = page.len();
    vec![
        read("chunks, as they should be", format!("{CHUNKED}{size:x};name=value\r\n{page}\r\n0\r\nX-Trailer: 1\r\n\r\n")),
        raw("a chunk size that is no number", &["malformed"], format!("{CHUNKED}zz\r\n<p>\r\n0\r\n\r\n")),
        raw("a chunk size beyond all numbers", &["malformed"], format!("{CHUNKED}ffffffffffffffffff\r\n<p>")),
        raw("a chunk without its end of line", &["malformed"], format!("{CHUNKED}3\r\n<p>abc0\r\n\r\n")),
        raw("chunks that are cut off", &["broke while reading the body"], format!("{CHUNKED}ff\r\n<p>half")),
        front(
            "a chunk extension without end",
            &["malformed"],
            vec![Step::Send(format!("{CHUNKED}3;").into_bytes()), Step::Forever(vec![b'x'; 16 << 10], Duration::ZERO)],
        ),
        front(
            "trailers without end",
            &["malformed"],
            vec![
                Step::Send(format!("{CHUNKED}3\r\n<p>\r\n0\r\n").into_bytes()),
                Step::Forever(b"X-Trailer: more and more and more\r\n".repeat(400), Duration::ZERO),
            ],
        ),
    ]
}

fn heads() -> Vec<Case> {
    let endless = |line: &[u8]| vec![Step::Send(OK.into()), Step::Forever(line.repeat((16 << 10) / line.len()), Duration::ZERO)];
    vec![
        front("one header line without end", &["malformed", "its header is too large"], {
            vec![Step::Send(format!("{OK}X-Long: ").into_bytes()), Step::Forever(vec![b'x'; 16 << 10], Duration::ZERO)]
        }),
        front("headers without end", &["malformed", "its header is too large"], endless(b"X-More: more and more\r\n")),
        front("cookies without end", &["malformed", "its header is too large"], endless(b"Set-Cookie: a=b; Path=/\r\n")),
        raw("no HTTP at all", &["malformed"], "SSH-2.0-OpenSSH_9.6\r\n\r\n"),
        raw("a page without a header", &["malformed"], format!("<!doctype html>{}", "<p>text</p>".repeat(100))),
        raw("a header with NULs", &["malformed"], &b"HTTP/1.1 200 OK\r\nX-Nul: a\0b\r\n\r\n<p>"[..]),
        raw("a status that is no number", &["malformed"], "HTTP/1.1 2x0 OK\r\n\r\n<p>"),
        raw("a status of four digits", &["malformed"], "HTTP/1.1 2000 OK\r\n\r\n<p>"),
        raw("a switch to another protocol", &["127.0.0.2"], "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
    ]
}

fn ends() -> Vec<Case> {
    vec![
        raw("hung up at once", &["broke while waiting for the answer"], ""),
        front("reset at once", &["broke while waiting for the answer"], vec![Step::Reset]),
        raw("hung up in the header", &["`127.0.0.2"], "HTTP/1.1 200 OK\r\nContent-"),
        front(
            "reset in the header",
            &["broke while waiting for the answer"],
            vec![Step::Send(b"HTTP/1.1 200 OK\r\nContent-".to_vec()), Step::Pause(Duration::from_millis(50)), Step::Reset],
        ),
        front(
            "reset in the body",
            &["broke while reading the body"],
            vec![
                Step::Send(format!("{OK}Content-Length: 9999\r\n\r\n<p>half").into_bytes()),
                Step::Pause(Duration::from_millis(50)),
                Step::Reset,
            ],
        ),
        front(
            "reset in a chunk",
            &["broke while reading the body"],
            vec![Step::Send(format!("{CHUNKED}ff\r\n<p>half").into_bytes()), Step::Pause(Duration::from_millis(50)), Step::Reset],
        ),
        case("an article that is reset", Sees::Reads(3, &["broke while waiting for the answer"]), |stage| {
            stage.article(Answer::Script(vec![Step::Reset]))
        }),
    ]
}

pub(super) fn cases() -> Vec<Case> {
    [lengths(), chunks(), heads(), ends()].into_iter().flatten().collect()
}
