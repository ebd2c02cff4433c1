//! Redirects that lead in circles, nowhere, or to machines that are nobody's business.

use super::{Case, Sees, case};
use crate::support::Answer;

/// The port of a real server with a secret stands in for `PORT`, where the address is this machine's.
const PRIVATE: [(&str, &str); 22] = [
    ("an IPv4 address", "http://127.0.0.1:PORT/secret"),
    ("the same host at another port", "http://127.0.0.2:PORT/secret"),
    ("a short IPv4 address", "http://127.1:PORT/secret"),
    ("a decimal address", "http://2130706433:PORT/secret"),
    ("an octal address", "http://0177.0.0.01:PORT/secret"),
    ("a hexadecimal address", "http://0x7f000001:PORT/secret"),
    ("a mixed address", "http://0x7f.0.0x0.1:PORT/secret"),
    ("an address in full-width digits", "http://１２７.０.０.１:PORT/secret"),
    ("no address", "http://0.0.0.0:PORT/secret"),
    ("an IPv6 address", "http://[::1]:PORT/secret"),
    ("an unspecified IPv6 address", "http://[::]:PORT/secret"),
    ("an IPv4-mapped address", "http://[::ffff:127.0.0.1]:PORT/secret"),
    ("an IPv4-compatible address", "http://[::7f00:1]:PORT/secret"),
    ("a NAT64 address", "http://[64:ff9b::7f00:1]:PORT/secret"),
    ("a 6to4 address", "http://[2002:7f00:1::]:PORT/secret"),
    ("a unique-local address", "http://[fd00::1]/secret"),
    ("a link-local address", "http://[fe80::1]/secret"),
    ("a carrier's address", "http://100.64.0.1/secret"),
    ("a private network", "http://192.168.0.1/secret"),
    ("a metadata service", "http://169.254.169.254/latest/meta-data/"),
    ("a local name", "http://localhost:PORT/secret"),
    ("a name below localhost", "http://a.localhost.:PORT/secret"),
];

/// Redirects in mark-up.
fn stubs() -> Vec<Case> {
    vec![
        case("a stub that leads on by its mark-up", Sees::Reads(4, &[]), |stage| {
            let stub = Answer::html("<title>Moved</title><meta http-equiv=refresh content=\"0; url=/front\"><p>We have moved.");
            stage.site(move |asked| match asked.path.as_str() {
                "/" => Some(stub.clone()),
                "/front" => Some(Answer::html(&crate::newsroom::listing(0..4))),
                _ => None,
            })
        }),
        case("a stub that leads to a private address", Sees::Stops(&["refused to connect"]), |stage| {
            let port = stage.secret();
            stage.front(Answer::html(&format!("<meta http-equiv=refresh content=\"0; url=http://127.0.0.1:{port}/secret\">")))
        }),
        case("two stubs that lead to each other", Sees::Stops(&["redirects in a circle"]), |stage| {
            stage.site(|asked| {
                let next = if asked.path == "/" { "/b" } else { "/" };
                (asked.path != "/robots.txt").then(|| Answer::html(&format!("<meta http-equiv=refresh content='0;{next}'>")))
            })
        }),
    ]
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = stubs();
    cases.extend([
        case("a redirect to itself", Sees::Stops(&["redirects in a circle"]), |stage| stage.front(Answer::redirect("/"))),
        case("a circle of three", Sees::Stops(&["redirects in a circle"]), |stage| {
            stage.site(|asked| {
                let next = match asked.path.as_str() {
                    "/" => "/a",
                    "/a" => "/b",
                    "/b" => "/",
                    _ => return None,
                };
                Some(Answer::redirect(next))
            })
        }),
        case("redirects without end", Sees::Stops(&["more than 10 redirects"]), |stage| {
            stage.site(|asked| (asked.path != "/robots.txt").then(|| Answer::redirect(&format!("{}x", asked.path))))
        }),
        case("a redirect without an address", Sees::Stops(&["redirects without saying where to"]), |stage| {
            stage.front(Answer::status(301))
        }),
        case("a redirect to an address of a megabyte", Sees::Stops(&["127.0.0.2"]), |stage| {
            stage.front(Answer::redirect(&format!("/{}", "a".repeat(1 << 20))))
        }),
        case("robots.txt redirects to a private address", Sees::Stops(&["refused to connect", "127.0.0.1"]), |stage| {
            let port = stage.secret();
            stage.robots(Answer::redirect(&format!("http://127.0.0.1:{port}/secret")))
        }),
        case("an article redirects to a private address", Sees::Reads(3, &["refused to connect"]), |stage| {
            let port = stage.secret();
            stage.article(Answer::redirect(&format!("http://[::ffff:7f00:1]:{port}/secret")))
        }),
        case("a chain that ends at a private address", Sees::Stops(&["refused to connect", "a private address"]), |stage| {
            stage.site(|asked| match asked.path.as_str() {
                "/" => Some(Answer::redirect("/a")),
                "/a" => Some(Answer::redirect("/b")),
                "/b" => Some(Answer::redirect("http://10.0.0.1/")),
                _ => None,
            })
        }),
    ]);
    for (name, target) in PRIVATE {
        cases.push(case(format!("a redirect to {name}"), Sees::Stops(&["refused to connect to"]), move |stage| {
            let port = stage.secret();
            stage.front(Answer::redirect(&target.replace("PORT", &port.to_string())))
        }));
    }
    for target in ["file:///etc/passwd", "javascript:alert(1)", "gopher://127.0.0.1:6379/_x", "data:text/html,hello", "http://"] {
        cases.push(case(format!("a redirect to {target}"), Sees::Stops(&["which is no web address"]), move |stage| {
            stage.front(Answer::redirect(target))
        }));
    }
    cases
}
