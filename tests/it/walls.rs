//! Pages that list no articles publish nothing, and each says what it is.

use crate::support::{Answer, Site};
use crate::workplace::Workplace;

fn menu() -> String {
    ["News", "Sport", "Weather", "About us", "Contact", "Jobs", "Imprint", "Privacy", "Newsletter", "Archive"]
        .iter()
        .enumerate()
        .map(|(number, name)| format!("<li><a href='/section-{number}'>{name}</a></li>"))
        .collect()
}

#[test]
fn pages_without_articles_publish_nothing_and_say_why() {
    let menu = menu();
    let pages = [
        ("menu", "menu", format!("<title>Low Harbour</title><nav><ul>{menu}</ul></nav><footer><ul>{menu}</ul></footer>")),
        ("menu-in-divs", "menu", format!("<title>Low Harbour</title><div class=top><ul>{menu}</ul></div><h1>Low Harbour</h1><p>Welcome to our town.</p>")),
        ("login", "asks for a login", format!("<title>Sign in</title><nav><ul>{menu}</ul></nav><h1>Sign in</h1><form><input name=u><input type=password name=p><button>Sign in</button></form><a href=/forgot>Forgot your password?</a> <a href=/register>Create an account</a>")),
        ("wall", "check for robots", "<title>Just a moment...</title><h1>harbour.example</h1><p>Verifying you are human. This may take a few seconds.</p><a href='https://wall.example/privacy'>Privacy</a>".to_owned()),
        ("shell", "JavaScript", "<title>Harbour</title><div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript><script src=/main.js></script>".to_owned()),
        ("shell-with-menu", "JavaScript", format!("<title>Harbour</title><header><nav><ul>{menu}</ul></nav></header><div id=app></div><script src=/main.js></script>")),
        ("search", "no results", format!("<title>Search</title><nav><ul>{menu}</ul></nav><main><h1>No results for “ferry”</h1><p>Try other words.</p></main>")),
    ];
    let site = Site::start(
        pages.iter().map(|(name, _, page)| (format!("/{name}"), Answer::html(&format!("<!doctype html><html lang=en>{page}")))),
    );
    let mut config = "[publish]\ndir = \"feeds\"\n\n[fetch]\nspacing = \"0s\"\n".to_owned();
    for (name, ..) in &pages {
        config.push_str(&format!("\n[[source]]\nname = \"{name}\"\nurl = \"{}\"\n", site.url(&format!("/{name}"))));
    }
    let workplace = Workplace::new(&config);
    let output = workplace.run(&["run"]);
    assert_eq!(output.status.code(), Some(1));
    let talk = String::from_utf8_lossy(&output.stderr).into_owned();
    for (name, words, _) in &pages {
        let line = talk.lines().find(|line| line.contains(&format!("source `{name}`:"))).unwrap_or_else(|| panic!("{name}\n{talk}"));
        assert!(line.contains(words), "{line}");
        let file = workplace.path(&format!("feeds/{name}.atom.xml"));
        assert!(!file.exists() || workplace.feed(&format!("{name}.atom.xml")).entries.is_empty(), "{name}");
        let added = workplace.run(&["add", &site.url(&format!("/{name}?again")), "--name", "x"]);
        assert_eq!(added.status.code(), Some(2), "{name}: {}", String::from_utf8_lossy(&added.stdout));
    }
}
