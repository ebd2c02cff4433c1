//! Servers that take their time.

use std::net::TcpListener;
use std::time::Duration;

use super::{Case, Sees, case};
use crate::newsroom;
use crate::support::{Answer, Step};

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n";
const LONG: Duration = Duration::from_secs(20);
const TICK: Duration = Duration::from_millis(100);

fn send(text: &str) -> Step {
    Step::Send(text.as_bytes().to_vec())
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("nothing comes", Sees::Stops(&["the first byte took longer than 3s"]), |stage| {
            stage.front(Answer::Script(vec![Step::Pause(LONG)]))
        }),
        case("a header that comes byte by byte", Sees::Stops(&["the first byte took longer than 3s"]), |stage| {
            stage.front(Answer::Script(vec![send(HEAD), send("X-Slow: "), Step::Forever(b"a".to_vec(), TICK)]))
        }),
        case("a body of one byte at a time", Sees::Stops(&["the whole page took longer than 6s"]), |stage| {
            stage.front(Answer::Script(vec![send(HEAD), send("\r\n"), Step::Forever(b"a".to_vec(), TICK)]))
        }),
        case("a body that stops in the middle", Sees::Stops(&["a pause in the body took longer than 2s"]), |stage| {
            stage.front(Answer::Script(vec![send(HEAD), send("Content-Length: 100000\r\n\r\n<p>half"), Step::Pause(LONG)]))
        }),
        case("a body without end", Sees::Stops(&["its body is larger than 2000000 bytes"]), |stage| {
            stage.front(Answer::Script(vec![send(HEAD), send("\r\n"), Step::Forever(vec![b'a'; 16 << 10], Duration::ZERO)]))
        }),
        case("chunks without end", Sees::Stops(&["its body is larger than 2000000 bytes"]), |stage| {
            let chunk = [b"4000\r\n", &vec![b'a'; 0x4000][..], b"\r\n"].concat();
            let head = send("Transfer-Encoding: chunked\r\n\r\n");
            stage.front(Answer::Script(vec![send(HEAD), head, Step::Forever(chunk, Duration::ZERO)]))
        }),
        case("interim answers without end", Sees::Stops(&["the first byte took longer than 3s"]), |stage| {
            let hint = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n".to_vec();
            stage.front(Answer::Script(vec![Step::Forever(hint, Duration::from_millis(1))]))
        }),
        case("one article of four never comes", Sees::Reads(3, &["the first byte took longer than 3s"]), |stage| {
            stage.article(Answer::Script(vec![Step::Pause(LONG)]))
        }),
        case("robots.txt never comes", Sees::Stops(&["robots.txt of `127.0.0.2` cannot be read", "the first byte"]), |stage| {
            stage.robots(Answer::Script(vec![Step::Pause(LONG)]))
        }),
        case("nobody listens", Sees::Stops(&["cannot connect to `127.0.0.2`", "refused"]), |_| {
            let port = TcpListener::bind("127.0.0.2:0").unwrap().local_addr().unwrap().port();
            format!("http://127.0.0.2:{port}/")
        }),
        case("an honest site, for comparison", Sees::Reads(4, &[]), |stage| stage.front(Answer::html(&newsroom::listing(0..4)))),
    ]
}
