//! One step of a redirect, decided by hand: where to, and whether to go there.

use super::access::Access;
use super::error::Error;
use crate::url::Url;

/// Whether a status redirects a GET.
pub(super) fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// The trail of one fetch, which knows when it leads nowhere.
#[derive(Debug)]
pub(super) struct Trail {
    asked: Url,
    max_hops: usize,
    /// Each URL that redirected.
    pub(super) hops: Vec<Url>,
}

impl Trail {
    pub(super) fn new(asked: &Url, max_hops: usize) -> Self {
        Self { asked: asked.clone(), max_hops, hops: Vec::new() }
    }

    /// The next address after `from` answered with this `Location`.
    pub(super) fn follow(&mut self, from: &Url, location: Option<&str>, access: &Access) -> Result<Url, Error> {
        let fail = |why: String| Error::Redirect { url: self.asked.clone(), why };
        let Some(location) = location else { return Err(fail("it redirects without saying where to".to_owned())) };
        let Some(next) = join(from, location) else {
            return Err(fail(format!("it redirects to `{}`, which is no web address", shorten(location))));
        };
        let downgraded = from.parts().scheme() == "https" && next.parts().scheme() == "http";
        if downgraded && access.has_credentials() && from.host() == next.host() {
            return Err(fail(format!("it redirects from https down to `{next}`, and the source has credentials")));
        }
        // A site may set a cookie and send the visitor back once; the second time round is a circle.
        if self.hops.iter().filter(|seen| **seen == next).count() + usize::from(*from == next) > 1 {
            return Err(fail("it redirects in a circle".to_owned()));
        }
        if self.hops.len() >= self.max_hops {
            return Err(fail(format!("more than {} redirects", self.max_hops)));
        }
        // The address as read and not as written: it may have a password in it.
        tracing::info!(from = %from, to = %next, "redirected");
        self.hops.push(from.clone());
        Ok(next)
    }
}

/// Resolves a `Location`; its fragment and any login in it are left behind.
fn join(from: &Url, location: &str) -> Option<Url> {
    let mut next = from.parts().join(location.trim()).ok()?;
    if !matches!(next.scheme(), "http" | "https") {
        return None;
    }
    strip(&mut next);
    Some(Url::from(next))
}

/// Removes what is not sent: the fragment, and a login in the address.
pub(super) fn strip(url: &mut url::Url) {
    url.set_fragment(None);
    // Both fail only for addresses that cannot have a login.
    let _ = url.set_username("");
    let _ = url.set_password(None);
}

fn shorten(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follow(from: &str, location: &str) -> Result<String, String> {
        let from = Url::parse(from).unwrap();
        let mut trail = Trail::new(&from, 10);
        trail.follow(&from, Some(location), &Access::default()).map(|url| url.as_str().to_owned()).map_err(|error| error.to_string())
    }

    #[test]
    fn locations_are_resolved() {
        assert_eq!(follow("http://a.example/x/y", "../z#top").unwrap(), "http://a.example/z");
        assert_eq!(follow("http://a.example/", "//b.example/").unwrap(), "http://b.example/");
        assert_eq!(follow("http://a.example/", "https://user:pw@b.example/").unwrap(), "https://b.example/");
        assert_eq!(follow("http://a.example/", "http://2130706433/").unwrap(), "http://127.0.0.1/");
    }

    #[test]
    fn other_schemes_are_refused() {
        for location in ["file:///etc/passwd", "javascript:alert(1)", "gopher://a/", "data:text/html,x", "ftp://a.example/"] {
            assert!(follow("http://a.example/", location).unwrap_err().contains("no web address"), "{location}");
        }
    }

    #[test]
    fn circles_end() {
        let url = Url::parse("http://a.example/").unwrap();
        let mut trail = Trail::new(&url, 10);
        assert!(trail.follow(&url, Some("/"), &Access::default()).is_ok());
        assert!(trail.follow(&url, Some("/"), &Access::default()).is_err());
    }
}
