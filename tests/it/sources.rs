//! Sources that are no listing page: sitemaps, feeds, and what is published across sources.

use crate::newsroom;
use crate::support::{Answer, Asked, Site};
use crate::workplace::Workplace;

fn site() -> Site {
    Site::start_with(|asked: &Asked| {
        let host = asked.header("host").to_owned();
        let link = |number: usize| format!("http://{host}{}", newsroom::path(number));
        match asked.path.as_str() {
            "/sitemap.xml" => {
                let urls: String = (0..4)
                    .map(|number| format!("<url><loc>{}</loc><lastmod>2026-10-0{}</lastmod></url>", link(number), number + 1))
                    .collect();
                Answer::ok(
                    "application/xml",
                    format!("<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{urls}</urlset>"),
                )
            }
            "/feed.xml" => {
                let items: String = (4..6)
                    .map(|number| format!("<item><title>x</title><link>{}</link><description>short</description></item>", link(number)))
                    .collect();
                Answer::ok(
                    "text/xml",
                    format!(
                        "<rss version=\"2.0\"><channel><title>Teasers</title><link>http://{host}/</link><description>d</description>{items}</channel></rss>"
                    ),
                )
            }
            path => match (0..6).find(|&number| newsroom::path(number) == path) {
                Some(number) => Answer::html(&newsroom::article(number, "")),
                None => Answer::not_found(),
            },
        }
    })
}

#[test]
fn sitemaps_and_truncated_feeds_become_full_text_feeds() {
    let site = site();
    let config = format!(
        "[publish]\nbase-url = \"https://f.example/\"\nby-source = 5\n[fetch]\nspacing = \"0s\"\n\
         [[source]]\nname = \"map\"\nurl = \"{}\"\n[[source]]\nname = \"teasers\"\nurl = \"{}\"\ntransform = [\"sed\", \"s/The /THE /g\"]\n\
         [[feed]]\nname = \"wire\"\ncredit = [\"northwire\"]\n[[feed]]\nname = \"nothing\"\nwords = [\"no such word\"]\n",
        site.url("/sitemap.xml"),
        site.url("/feed.xml")
    );
    let workplace = Workplace::new(&config);
    workplace.succeed(&["run"]);
    assert_eq!(workplace.feed("map.rss.xml").entries.len(), 4);
    let teasers = workplace.feed("teasers.atom.xml");
    assert_eq!(teasers.title.unwrap().content, "Teasers");
    assert!(teasers.entries.iter().all(|entry| entry.title.as_ref().unwrap().content.starts_with("THE ")), "the command had its way");
    assert!(teasers.entries[0].content.as_ref().unwrap().body.as_ref().unwrap().len() > 500, "the whole text, not the teaser");
    assert_eq!(workplace.feed("wire.atom.xml").entries.len(), 6);
    assert_eq!(workplace.feed("nothing.atom.xml").entries.len(), 0);
    assert_eq!(workplace.feed("by-source/northwire.rss.xml").entries.len(), 6);
}

#[test]
fn a_broken_configuration_is_exit_2_with_every_error() {
    let workplace = Workplace::new("[publish]\nitmes = 3\n[[source]]\nname = \"a\"\nurl = \"https://a.example\"\nevery = \"soon\"\n");
    let output = workplace.run(&["run"]);
    let talk = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{talk}");
    assert!(
        talk.contains("itmes") && talk.contains("did you mean `items`") && talk.contains("`soon`") && talk.contains("config.toml:6:9"),
        "{talk}"
    );
}

#[test]
fn later_pages_are_read_as_configured_and_by_a_backfill_and_never_in_a_loop() {
    let site = Site::start_with(|asked: &Asked| {
        let page = match asked.path.as_str() {
            "/" => 0,
            "/page/2" => 1,
            "/page/3" => 2,
            path => {
                let found = (0..15).find(|&number| newsroom::path(number) == path);
                return found.map_or_else(Answer::not_found, |number| Answer::html(&newsroom::article(number, "")));
            }
        };
        let next = ["/page/2", "/page/3", "/"][page];
        let pager = format!("<p class=pager><a href=\"{next}\">Older posts</a></p></main>");
        Answer::html(&newsroom::listing(page * 5..page * 5 + 5).replace("</main>", &pager))
    });
    let config = newsroom::config(&site.url("/"), 50) + "listing = { pages = 2 }\n";
    let workplace = Workplace::new(&config);
    workplace.succeed(&["run"]);
    assert_eq!(workplace.feed("courier.atom.xml").entries.len(), 10);
    workplace.succeed(&["run", "--backfill", "9"]);
    assert_eq!(workplace.feed("courier.atom.xml").entries.len(), 15);
    assert_eq!(site.asked("/page/3").len(), 1);
}

#[test]
fn posts_of_a_wordpress_api_are_a_listing() {
    let posts: Vec<String> = (0..3)
        .map(|number| {
            let (path, title) = (newsroom::path(number), newsroom::headline(number));
            format!(r#"{{"link":"{path}","title":{{"rendered":"{title}"}},"date_gmt":"2026-10-0{}T08:00:00"}}"#, number + 1)
        })
        .collect();
    let posts = format!("[{}]", posts.join(","));
    let site = Site::start_with(move |asked: &Asked| match (0..3).find(|&number| newsroom::path(number) == asked.path) {
        Some(number) => Answer::html(&newsroom::article(number, "")),
        None => Answer::ok("application/json; charset=utf-8", posts.as_bytes()),
    });
    let workplace = Workplace::new(&newsroom::config(&site.url("/wp-json/wp/v2/posts"), 50));
    workplace.succeed(&["run"]);
    assert_eq!(workplace.feed("courier.atom.xml").entries.len(), 3);
}
