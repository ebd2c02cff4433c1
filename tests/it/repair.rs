//! A redesign makes configured rules useless: the known links show where the list went, the feed goes on, and everybody is told.

use std::sync::{Arc, Mutex};

use crate::newsroom;
use crate::support::{Answer, Asked, Site};
use crate::workplace::Workplace;

/// Rules, and the page that they are for: what stands before, around each item, and after.
const LAYOUTS: [(&str, &str, &str, &str); 10] = [
    (
        "item = \"li.teaser\", link = \"h2 a\"",
        "<ul class=\"list\">",
        "<li class=\"teaser\"><h2><a href=\"{path}\">{title}</a></h2><p class=\"lead\">Told in short.</p></li>",
        "</ul>",
    ),
    (
        "item = \"article.card\"",
        "<div class=\"grid\">",
        "<article class=\"card\"><a class=\"picture\" href=\"{path}\"><img src=\"/p.jpg\"></a><h3 class=\"head\"><a href=\"{path}\">{title}</a></h3></article>",
        "</div>",
    ),
    (
        "item = \"table.acts tr\", link = \"td.act a\"",
        "<table class=\"acts\">",
        "<tr class=\"line\"><td class=\"number\">{number}-26</td><td class=\"act\"><a href=\"{path}\">{title}</a></td></tr>",
        "</table>",
    ),
    ("link = \"p.entry > a\"", "<div class=\"entries\">", "<p class=\"entry\"><a href=\"{path}\">{title}</a></p>", "</div>"),
    (
        "item = \".row\", link = \"a.title\"",
        "<section class=\"rows\">",
        "<div class=\"row\"><div class=\"left\"><img src=\"/p.jpg\"></div><div class=\"right\"><a class=\"title\" href=\"{path}\">{title}</a><span class=\"by\">by Ana Ruiz</span></div></div>",
        "</section>",
    ),
    (
        "item = \"ol.news > li\"",
        "<ol class=\"news\">",
        "<li><a href=\"{path}\">{title}</a> <em class=\"day\">{number} May 2026</em></li>",
        "</ol>",
    ),
    (
        "item = \"a.tile\"",
        "<div class=\"tiles\">",
        "<a class=\"tile\" href=\"{path}\"><h4 class=\"name\">{title}</h4><p class=\"more\">Told in short.</p></a>",
        "</div>",
    ),
    (
        "item = \".post\", link = \".post-title a\", title = \".post-title\"",
        "<div class=\"posts\">",
        "<div class=\"post\"><div class=\"post-title\"><a href=\"{path}\">{title}</a></div><div class=\"post-text\">A text of some length, with <a href=\"https://elsewhere.example/{number}\">a source</a>.</div></div>",
        "</div>",
    ),
    (
        "item = \"dl.dates dd\"",
        "<dl class=\"dates\">",
        "<dt class=\"when\">{number} May 2026</dt><dd class=\"what\"><a href=\"{path}\">{title}</a></dd>",
        "</dl>",
    ),
    (
        "item = \"div.block > div\", link = \"strong a\"",
        "<div class=\"block\">",
        "<div><strong><a href=\"{path}\">{title}</a></strong><br>Told in short. <a href=\"{path}\">More</a></div>",
        "</div>",
    ),
];

fn page(layout: usize, numbers: std::ops::Range<usize>) -> String {
    let (_, before, item, after) = LAYOUTS[layout];
    let items: String = numbers
        .map(|number| {
            let path = format!("/{layout}{}", newsroom::path(number));
            item.replace("{path}", &path).replace("{title}", &newsroom::headline(number)).replace("{number}", &number.to_string())
        })
        .collect();
    let topics: String = (1..9).map(|topic| format!("<li class=\"topic\"><a href=\"/topic/{topic}\">Topic {topic}</a></li>")).collect();
    format!(
        "<!doctype html><html lang=en><title>Courier {layout}</title><body><nav><ul class=\"menu\">{topics}</ul></nav><main class=\"main\">{before}{items}{after}</main></body></html>"
    )
}

/// New names for all classes, other elements, and two more levels around each link.
fn redesigned(page: &str) -> String {
    let mut parts = page.split("class=\"");
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let (names, rest) = part.split_once('"').unwrap();
        let names: Vec<String> = names.split(' ').map(|name| format!("{}x", name.chars().rev().collect::<String>())).collect();
        out.push_str(&format!("class=\"{}\"{rest}", names.join(" ")));
    }
    let swaps = [
        ("li", "div"),
        ("ul", "section"),
        ("ol", "section"),
        ("article", "div"),
        ("table", "div"),
        ("tr", "div"),
        ("td", "p"),
        ("dl", "div"),
        ("dd", "p"),
        ("dt", "h5"),
        ("strong", "b"),
    ];
    for (old, new) in swaps {
        for (open, end) in [("<", ">"), ("<", " "), ("</", ">")] {
            out = out.replace(&format!("{open}{old}{end}"), &format!("{open}{new}{end}"));
        }
    }
    out.replace("<a ", "<div class=\"outer\"><span><a ").replace("</a>", "</a></span></div>").replace("h2", "h3")
}

#[test]
fn a_redesign_is_survived_and_told() {
    let state = Arc::new(Mutex::new(false));
    let shared = Arc::clone(&state);
    let site = Site::start_with(move |asked: &Asked| {
        let (layout, rest) = asked.path.trim_start_matches('/').split_at(1.min(asked.path.len() - 1));
        let Ok(layout) = layout.parse::<usize>() else { return Answer::not_found() };
        if rest == "/" {
            let html = if *shared.lock().unwrap() { redesigned(&page(layout, 3..15)) } else { page(layout, 0..12) };
            return Answer::html(&html);
        }
        (0..15)
            .find(|&number| newsroom::path(number) == rest)
            .map_or_else(Answer::not_found, |number| Answer::html(&newsroom::article(number, "")))
    });
    let mut config = "[publish]\ndir = \"feeds\"\n\n[fetch]\nspacing = \"0s\"\n".to_owned();
    for (layout, (rules, ..)) in LAYOUTS.iter().enumerate() {
        config.push_str(&format!(
            "\n[[source]]\nname = \"s{layout}\" # number {layout}\nurl = \"{}\"\nlisting = {{ {rules} }}\n",
            site.url(&format!("/{layout}/"))
        ));
    }
    let workplace = Workplace::new(&config);
    assert_eq!(workplace.succeed(&["run"]), "");
    for layout in 0..LAYOUTS.len() {
        assert_eq!(workplace.feed(&format!("s{layout}.atom.xml")).entries.len(), 12, "layout {layout} before");
    }
    *state.lock().unwrap() = true;
    let output = workplace.run(&["run", "--force"]);
    let talk = String::from_utf8_lossy(&output.stderr).into_owned();
    let status = workplace.succeed(&["status"]);
    let mut delivered = 0;
    for layout in 0..LAYOUTS.len() {
        delivered += usize::from(workplace.feed(&format!("s{layout}.atom.xml")).entries.len() == 15);
        assert!(talk.contains(&format!("source `s{layout}` is degraded")), "layout {layout}\n{talk}");
        assert!(status.contains(&format!("to mend `s{layout}`")), "layout {layout}\n{status}");
    }
    assert!(delivered >= 9, "{delivered} of 10 kept delivering\n{talk}");
    assert_eq!(status.matches("\n-listing = ").count(), 10, "{status}");
    assert!(status.matches("\n+listing = ").count() >= 9, "{status}");
    let tried = workplace.run(&["try", &site.url("/0/")]);
    assert!(String::from_utf8_lossy(&tried.stdout).contains("+listing = "), "{}", String::from_utf8_lossy(&tried.stdout));
}

#[test]
fn without_history_a_rule_that_misses_stays_a_failure() {
    let site = Site::start([("/0/", Answer::html(&redesigned(&page(0, 0..12))))]);
    let config = format!(
        "[publish]\ndir = \"feeds\"\n[fetch]\nspacing = \"0s\"\n[[source]]\nname = \"s\"\nurl = \"{}\"\nlisting = {{ item = \"li.teaser\" }}\n",
        site.url("/0/")
    );
    let workplace = Workplace::new(&config);
    let output = workplace.run(&["run"]);
    assert_eq!(output.status.code(), Some(1));
}
