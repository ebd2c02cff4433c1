//! Asking robots.txt before a page, and the pause that a host wants.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::access::{Access, authority};
use super::cookie::Jar;
use super::error::Error;
use super::hop::{Answer, Terms};
use super::host::{Host, RobotsAnswer, robots_holds};
use super::redirect::Trail;
use super::robots::{self, Rules};
use super::{Fetcher, charset};
use crate::url::Url;

/// RFC 9309, section 2.3.1.2: at least five redirects are followed.
const ROBOTS_HOPS: usize = 5;

impl Fetcher {
    /// Whether the site lets robots read this page.
    pub(super) async fn allowed(&self, url: &Url, access: &Access) -> Result<(), Error> {
        if !access.robots.unwrap_or(self.options.robots) {
            tracing::info!("robots.txt is not asked: `robots = false`");
            return Ok(());
        }
        let host = self.hosts.of(&authority(url).unwrap_or_default(), &self.options);
        let answer = self.robots(&host, url, access).await?;
        match &answer.rules {
            Some(rules) => match rules.disallow(url) {
                Some(rule) => Err(Error::Robots { url: url.clone(), host: url.host().to_owned(), rule }),
                None => Ok(()),
            },
            None => {
                let until = answer.at.checked_add(SignedDuration::from_hours(1)).unwrap_or(answer.at);
                Err(Error::RobotsUnreachable { host: url.host().to_owned(), why: answer.why, until })
            }
        }
    }

    /// The pause between requests to a host: the configured one, or a longer one that its robots.txt asks for.
    pub(super) fn spacing(&self, host: &Host, access: &Access) -> Duration {
        let own = access.spacing.unwrap_or(self.options.spacing);
        let asked = host.read(|state| state.robots.as_ref()?.rules.as_ref()?.crawl_delay);
        let obeys = access.robots.unwrap_or(self.options.robots);
        asked.filter(|_| obeys).and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).map_or(own, |asked| asked.max(own))
    }

    async fn robots(&self, host: &Host, url: &Url, access: &Access) -> Result<RobotsAnswer, Error> {
        let _one_at_a_time = host.asking.lock().await;
        let now = Timestamp::now();
        if let Some(answer) = host.read(|state| state.robots.clone()).filter(|answer| robots_holds(answer, now)) {
            tracing::info!(asked_at = %answer.at, "robots.txt is known");
            return Ok(answer);
        }
        let Some(address) = url.join("/robots.txt") else { return Err(Error::Scheme { url: url.clone() }) };
        let answer = match self.ask_for_robots(&address, access).await {
            Ok(text) => RobotsAnswer { at: now, rules: Some(Rules::parse(&text, self.options.token())), why: String::new() },
            // No file, or none that is readable: everything is allowed (section 2.3.1.3).
            Err(Error::Status { status, .. }) if status < 500 && status != 429 => allow_all(now),
            Err(Error::Wall { .. } | Error::NotText { .. } | Error::TooLarge { .. } | Error::Redirect { .. }) => allow_all(now),
            // What says nothing of robots.txt is told as it is: a dead host, a refused address, a budget.
            Err(error @ (Error::Address { .. } | Error::Dns { .. } | Error::Connect { .. } | Error::Tls { .. })) => return Err(error),
            Err(error @ (Error::Budget { .. } | Error::HeldBack { .. })) => return Err(error),
            Err(error) => RobotsAnswer { at: now, rules: None, why: error.to_string() },
        };
        let delay = answer.rules.as_ref().and_then(|rules| rules.crawl_delay);
        tracing::info!(allows_nothing_for_now = answer.rules.is_none(), crawl_delay = delay, "robots.txt was asked for");
        host.write(|state| state.robots = Some(answer.clone()));
        Ok(answer)
    }

    async fn ask_for_robots(&self, address: &Url, access: &Access) -> Result<String, Error> {
        let mut trail = Trail::new(address, ROBOTS_HOPS);
        let mut url = address.clone();
        loop {
            let terms = Terms { access, validators: None, jar: &Jar::default(), max_bytes: robots::MAX_BYTES * 4, script: None };
            match self.hop(&url, &terms).await? {
                Answer::Redirect(location) => url = trail.follow(&url, location.as_deref(), access)?,
                Answer::NotModified => return Ok(String::new()),
                Answer::Body(mut body) => {
                    body.bytes.truncate(usize::try_from(robots::MAX_BYTES).unwrap_or(usize::MAX));
                    return Ok(charset::decode(body.bytes, &body.content_type, url.host()).text);
                }
            }
        }
    }
}

fn allow_all(now: Timestamp) -> RobotsAnswer {
    RobotsAnswer { at: now, rules: Some(Rules::default()), why: String::new() }
}
