//! Proxies: HTTP and SOCKS ones. The address guard holds through each, and one that fails is told in plain words.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::newsroom;
use crate::support::{Answer, Asked, Site};
use crate::workplace::Workplace;

/// A SOCKS 5 proxy (RFC 1928, RFC 1929) that connects to one place whatever it is asked for, and remembers what that was.
struct Socks {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Socks {
    /// `login`: the only name and password that it lets in. `reply`: its answer to the request; 0 is yes.
    fn start(to: u16, login: Option<(&'static str, &'static str)>, reply: u8) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let log = Arc::clone(&log);
                thread::spawn(move || serve_socks(client, to, login, reply, &log));
            }
        });
        Self { port, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve_socks(mut client: TcpStream, to: u16, login: Option<(&str, &str)>, reply: u8, log: &Mutex<Vec<String>>) -> Option<()> {
    let methods = take(&mut client, 2)?;
    take(&mut client, methods[1].into())?;
    if let Some((user, password)) = login {
        client.write_all(&[5, 2]).ok()?;
        let name_length = take(&mut client, 2)?[1];
        let name = take(&mut client, name_length.into())?;
        let word_length = take(&mut client, 1)?[0];
        let word = take(&mut client, word_length.into())?;
        let is_good = name == user.as_bytes() && word == password.as_bytes();
        client.write_all(&[1, u8::from(!is_good)]).ok()?;
        is_good.then_some(())?;
    } else {
        client.write_all(&[5, 0]).ok()?;
    }
    let head = take(&mut client, 4)?;
    let host = match head[3] {
        1 => take(&mut client, 4)?.iter().map(u8::to_string).collect::<Vec<_>>().join("."),
        _ => {
            let length = take(&mut client, 1)?[0];
            String::from_utf8(take(&mut client, length.into())?).ok()?
        }
    };
    let port = take(&mut client, 2)?;
    log.lock().unwrap().push(format!("{host}:{}", u16::from_be_bytes([port[0], port[1]])));
    client.write_all(&[5, reply, 0, 1, 0, 0, 0, 0, 0, 0]).ok()?;
    if reply == 0 {
        splice(client, TcpStream::connect(("127.0.0.1", to)).ok()?);
    }
    Some(())
}

fn take(stream: &mut TcpStream, length: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

fn splice(one: TcpStream, other: TcpStream) {
    let (mut from, mut to) = (one.try_clone().unwrap(), other.try_clone().unwrap());
    thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut to);
        let _ = to.shutdown(std::net::Shutdown::Write);
    });
    let (mut from, mut to) = (other, one);
    thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut to);
        let _ = to.shutdown(std::net::Shutdown::Write);
    });
}

/// A newsroom that hears requests as an HTTP proxy does, by whole address, and wants this login if there is one.
fn http_proxy(login: Option<&'static str>) -> Site {
    Site::start_with(move |asked: &Asked| {
        if login.is_some_and(|login| asked.header("proxy-authorization") != format!("Basic {login}")) {
            return Answer::status(407).with("Proxy-Authenticate", "Basic realm=\"x\"");
        }
        let path = asked.path.strip_prefix("http://courier.example").unwrap_or("?");
        match path {
            "/" => Answer::html(&newsroom::listing(0..2)),
            path => (0..2)
                .find(|&number| newsroom::path(number) == path)
                .map_or_else(Answer::not_found, |number| Answer::html(&newsroom::article(number, ""))),
        }
    })
}

fn workplace(proxy: &str) -> Workplace {
    Workplace::new(
        &newsroom::config("http://courier.example/", 50).replace("spacing = \"0s\"", &format!("spacing = \"0s\"\nretries = 0\n{proxy}")),
    )
}

#[test]
fn pages_are_read_through_an_http_proxy_of_the_configuration() {
    let proxy = http_proxy(None);
    let workplace = workplace(&format!("proxy = \"{}\"", proxy.url("/")));
    workplace.succeed(&["run"]);
    assert_eq!(workplace.feed("courier.rss.xml").entries.len(), 2);
    assert_eq!(proxy.log()[0].path, "http://courier.example/robots.txt", "robots.txt is asked for by the same way");
}

#[test]
fn the_environment_names_the_proxy_and_its_login() {
    let proxy = http_proxy(Some("cmVhZGVyOnNlY3JldA=="));
    let workplace = workplace("");
    let address = format!("http://reader:secret@127.0.0.1:{}", proxy.port());
    let output = workplace.command(&["run", "-v"]).env("http_proxy", &address).output().unwrap();
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{talk}");
    assert_eq!(workplace.feed("courier.rss.xml").entries.len(), 2);
    assert!(!talk.contains("secret"), "{talk}");
}

#[test]
fn the_environment_may_name_a_socks_proxy_with_a_login() {
    let site = newsroom::site(2);
    let proxy = Socks::start(site.port(), Some(("reader", "secret")), 0);
    let workplace = workplace("");
    let address = format!("socks5h://reader:secret@127.0.0.1:{}", proxy.port);
    let output = workplace.command(&["run"]).env("all_proxy", &address).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(workplace.feed("courier.rss.xml").entries.len(), 2);
    assert!(proxy.asked().iter().all(|asked| asked == "courier.example:80"), "the name is the proxy's to look up: {:?}", proxy.asked());
}

#[test]
fn a_proxy_that_fails_is_told_in_plain_words() {
    let talk_of = |setting: &str, expected: &[&str]| {
        let workplace = workplace(setting);
        let output = workplace.run(&["run"]);
        let talk = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{talk}");
        assert!(expected.iter().all(|words| talk.contains(words)) && !talk.contains("secret"), "{setting}: {talk}");
    };
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    talk_of(&format!("proxy = \"http://reader:secret@127.0.0.1:{free}\""), &["proxy", "refused"]);
    talk_of(&format!("proxy = \"socks5h://127.0.0.1:{free}\""), &["the proxy cannot be reached"]);
    let locked = http_proxy(Some("other"));
    talk_of(&format!("proxy = \"{}\"", locked.url("/")), &["407", "proxy"]);
    let tunnel = workplace(&format!("proxy = \"{}\"", locked.url("/")));
    let output = tunnel.run(&["try", "https://courier.example/"]);
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(talk.contains("proxy") && !output.status.success(), "{talk}");
    assert_eq!(locked.log().last().unwrap().method, "CONNECT");
    let shut = Socks::start(1, None, 2);
    talk_of(&format!("proxy = \"socks5h://127.0.0.1:{}\"", shut.port), &["proxy"]);
    let wrong = Socks::start(1, Some(("reader", "right")), 0);
    talk_of(&format!("proxy = \"socks5h://reader:secret@127.0.0.1:{}\"", wrong.port), &["proxy"]);
}

#[test]
fn a_proxy_may_have_a_private_address_and_no_link_leads_to_it() {
    let proxy = http_proxy(None);
    let workplace = workplace(&format!("proxy = \"{}\"", proxy.url_as("localhost", "/")));
    workplace.succeed(&["run"]);
    assert_eq!(workplace.feed("courier.rss.xml").entries.len(), 2);
    let leading = Site::start_with(|_| Answer::redirect("http://localhost:1/secret"));
    let other = self::workplace(&format!("proxy = \"{}\"", leading.url_as("localhost", "/")));
    let output = other.run(&["try", "http://courier.example/"]);
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(talk.contains("refused to connect") && !output.status.success(), "{talk}");
}

#[test]
fn the_guard_holds_through_a_proxy() {
    // A site that leads to addresses which the proxy could reach, and nobody should.
    let targets = [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://[::1]/",
        "http://localhost/",
        "http://10.0.0.7/",
        "http://2130706433/",
    ];
    let respond = move |asked: &Asked| {
        let path = asked.path.strip_prefix("http://courier.example").unwrap_or(&asked.path);
        match path.strip_prefix("/to/").and_then(|number| number.parse::<usize>().ok()) {
            Some(number) => Answer::redirect(targets[number]),
            None if path == "/robots.txt" => Answer::text(""),
            None => Answer::html("<p>what nobody should see"),
        }
    };
    let http = Site::start_with(respond);
    let behind = Site::start_with(respond);
    let socks = Socks::start(behind.port(), None, 0);
    for proxy in [http.url("/"), format!("socks5h://127.0.0.1:{}", socks.port), format!("socks5://127.0.0.1:{}", socks.port)] {
        let workplace = Workplace::new(&format!("[fetch]\nspacing = \"0s\"\nretries = 0\nproxy = \"{proxy}\"\n"));
        for (number, target) in targets.iter().enumerate() {
            let output = workplace.run(&["try", &format!("http://courier.example/to/{number}")]);
            let talk = String::from_utf8_lossy(&output.stderr);
            // With `socks5` the name is looked up here, and `courier.example` has no address.
            let is_refused = talk.contains("refused to connect") || proxy.starts_with("socks5:") && talk.contains("courier.example");
            assert!(!output.status.success() && is_refused, "{proxy} {target}: {talk}");
        }
    }
    let seen: Vec<_> = http.log().into_iter().chain(behind.log()).map(|asked| asked.path).collect();
    assert!(seen.iter().all(|path| path.ends_with("/robots.txt") || path.contains("/to/")), "{seen:?}");
    assert!(socks.asked().iter().all(|asked| asked == "courier.example:80"), "{:?}", socks.asked());
}
