//! Credentials and cookies that must not cross to another host. (That no secret is ever printed is looked at in every case.)

use super::{Case, Sees, case};
use crate::support::{Answer, Site};

/// A word that stands for every secret of these cases.
pub(super) const SECRET: &str = "hunter2";

/// The second site was asked, and was told nothing.
fn told_nothing(stage: &super::Stage) -> Option<String> {
    let log = stage.sites[0].log();
    if log.is_empty() {
        return Some("the second host was never asked".to_owned());
    }
    let told = log.iter().find(|asked| asked.headers.values().any(|value| value.contains(SECRET) || value.contains("aHVudGVyMg")));
    told.map(|asked| format!("the second host was told {:?}", asked.headers))
}

/// The source's own host was told what it is to be told.
fn told_home(stage: &super::Stage, header: &str) -> bool {
    stage.sites[1].asked("/").iter().any(|asked| !asked.header(header).is_empty())
}

/// Two hosts that may both be read; the first redirects to the second.
fn across(stage: &mut super::Stage, source: &str, cookie: bool) -> String {
    stage.fetch = "reachable = [\"127.0.0.0/8\"]\n".to_owned();
    source.clone_into(&mut stage.source);
    let other = stage.site_at("127.0.0.3:0", |_| None);
    stage.site(move |asked| match asked.path.as_str() {
        "/" if cookie && asked.header("cookie").is_empty() => Some(Answer::redirect("/").with("Set-Cookie", "session=hunter2; Path=/")),
        "/" => Some(Answer::redirect(&other)),
        _ => None,
    })
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("a login across hosts", Sees::Reads(4, &[]), |stage| across(stage, "auth = { user = \"me\", password = \"hunter2\" }", false))
            .and(|stage| told_nothing(stage).or_else(|| (!told_home(stage, "authorization")).then(|| "no login was sent".to_owned()))),
        case("a token across hosts", Sees::Reads(4, &[]), |stage| across(stage, "auth = { bearer = \"hunter2\" }", false))
            .and(told_nothing),
        case("headers of one's own across hosts", Sees::Reads(4, &[]), |stage| across(stage, "headers = { X-Key = \"hunter2\" }", false))
            .and(|stage| told_nothing(stage).or_else(|| (!told_home(stage, "x-key")).then(|| "no header was sent".to_owned()))),
        case("cookies across hosts", Sees::Reads(4, &[]), |stage| across(stage, "cookies = true", true))
            .and(|stage| told_nothing(stage).or_else(|| (!told_home(stage, "cookie")).then(|| "no cookie was sent back".to_owned()))),
        case("a cookie for all of the world", Sees::Reads(4, &[]), |stage| {
            stage.fetch = "reachable = [\"127.0.0.0/8\"]\n".to_owned();
            let other = stage.site_at("127.0.0.3:0", |_| None);
            stage.site(move |asked| {
                let cookie = "session=hunter2; Domain=127.0.0.3; Path=/";
                (asked.path == "/").then(|| Answer::redirect(&other).with("Set-Cookie", cookie))
            })
        })
        .and(told_nothing),
        case("an error page that repeats the login", Sees::Stops(&["answered 401"]), |stage| {
            stage.source = "auth = { bearer = \"hunter2\" }".to_owned();
            stage.site(|asked| {
                let repeated = format!("<p>wrong: {}", asked.header("authorization"));
                (asked.path == "/").then(|| Answer::status(401).with("Content-Type", "text/html").body(repeated))
            })
        }),
        case("a login within the redirect's address", Sees::Reads(4, &[]), |stage| {
            let url = stage.site(|_| None);
            let port = stage.sites[0].port();
            stage.site(move |asked| {
                let host = asked.header("host").to_owned();
                (asked.path == "/").then(|| Answer::redirect(&format!("http://me:hunter2@{host}/front"))).or_else(|| {
                    (asked.path == "/front").then(|| {
                        assert_eq!(asked.header("authorization"), "", "the address's login was sent to {url} or {port}");
                        Answer::html(&crate::newsroom::listing(0..4))
                    })
                })
            })
        }),
        case("from https down to http with a login", Sees::Stops(&["redirects from https down to", "has credentials"]), |stage| {
            let authority = super::tls::Authority::new();
            let file = stage.file("ca.pem", &authority.pem());
            stage.fetch = format!("ca-file = \"{}\"\n", file.display());
            stage.source = "auth = { bearer = \"hunter2\" }".to_owned();
            let plain = Site::start([("/", Answer::html("<p>plain"))]);
            let target = plain.url("/");
            stage.untouched.push(plain);
            stage.put(authority.site(super::tls::Leaf::default(), move |asked| {
                if asked.path == "/" { Answer::redirect(&target) } else { super::stage::honest(asked) }
            }))
        }),
    ]
}
