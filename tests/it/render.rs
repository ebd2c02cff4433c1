//! Pages that scripts build, in a real Chromium; skipped, with the reason printed, where there is none.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::newsroom;
use crate::support::{Answer, Asked, Site, Step};
use crate::workplace::Workplace;

/// Whether there is a browser to test with.
fn has_browser() -> bool {
    let found = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].iter().any(|path| Path::new(path).exists());
    if !found {
        println!("skipped: there is no Chromium on this machine (Debian: apt install chromium)");
    }
    found
}

const SHELL: &str = "<!doctype html><html lang=en><head><meta charset=utf-8><title>Test Courier</title>\
    <link rel=stylesheet href=/style.css><script defer src=/app.js></script></head>\
    <body><div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript></body></html>";

/// Puts what `/api` says of this address into the page, in a second step, as applications do.
const APPLICATION: &str = "
    const root = document.getElementById('root');
    const style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = '/more.css';
    style.onload = () => fetch('/api' + location.pathname, { headers: { 'X-App': 'courier' } })
        .then(answer => answer.json())
        .then(page => { document.title = page.title; root.innerHTML = page.html; });
    document.head.append(style);
";

fn body_of(page: &str) -> String {
    let (start, end) = (page.find("<body>").unwrap() + 6, page.find("</body>").unwrap());
    page[start..end].to_owned()
}

/// A newsroom whose every page is the same shell, filled by one script from an API.
fn application(robots: &'static str) -> Site {
    Site::start_with(move |asked: &Asked| {
        let json = |title: &str, page: &str| {
            let answer = serde_json::json!({ "title": title, "html": body_of(page) });
            Answer::ok("application/json", answer.to_string())
        };
        match asked.path.as_str() {
            "/robots.txt" => Answer::text(robots),
            "/app.js" => Answer::ok("text/javascript", APPLICATION),
            "/api/" => json("Test Courier", &newsroom::listing(0..3)),
            path => match (0..3).find(|&number| path.ends_with(&newsroom::path(number))) {
                Some(number) if path.starts_with("/api") => {
                    json(&format!("{} - Test Courier", newsroom::headline(number)), &newsroom::article(number, ""))
                }
                _ => Answer::html(SHELL),
            },
        }
    })
}

fn config(url: &str) -> String {
    newsroom::config(url, 50) + "render = true\n"
}

/// The processes whose command line or environment names this folder.
fn processes_of(profile_parent: &Path) -> Vec<String> {
    let needle = profile_parent.display().to_string();
    let entries = fs::read_dir("/proc").into_iter().flatten().filter_map(Result::ok);
    entries
        .filter_map(|entry| fs::read(entry.path().join("cmdline")).ok())
        .map(|line| String::from_utf8_lossy(&line).replace('\0', " "))
        .filter(|line| line.contains(&needle))
        .collect()
}

/// Waits until nothing of a browser is left.
#[track_caller]
fn nothing_is_left(folder: &Path) {
    let began = Instant::now();
    while !processes_of(folder).is_empty() {
        assert!(began.elapsed() < Duration::from_secs(10), "{:?}", processes_of(folder));
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A workplace whose browsers have their profiles in its own folder.
fn workplace(config: &str) -> (Workplace, std::path::PathBuf) {
    let workplace = Workplace::new(config);
    let profiles = workplace.path("tmp");
    fs::create_dir(&profiles).unwrap();
    (workplace, profiles)
}

#[test]
fn a_listing_and_its_articles_that_scripts_build_are_read() {
    if !has_browser() {
        return;
    }
    let site = application("");
    let (workplace, profiles) = workplace(&config(&site.url("/")));
    let output = workplace.command(&["run"]).env("TMPDIR", &profiles).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let feed = workplace.feed("courier.atom.xml");
    assert_eq!(feed.entries.len(), 3);
    let text = feed.entries[0].content.as_ref().unwrap().body.as_ref().unwrap().clone();
    assert!(text.contains("Paragraph 3 of report"), "{text}");
    let paths = site.paths();
    assert_eq!(paths.iter().filter(|path| *path == "/app.js").count(), 1, "the script is asked for once a run: {paths:?}");
    assert!(!paths.iter().any(|path| path.ends_with(".css")), "style sheets are not asked for: {paths:?}");
    assert!(
        site.asked("/api/").iter().all(|asked| asked.header("x-app") == "courier" && asked.header("user-agent").starts_with("feedwright"))
    );
    nothing_is_left(&profiles);
    assert_eq!(fs::read_dir(&profiles).unwrap().count(), 0, "its profile is removed");
}

#[test]
fn without_a_browser_the_source_says_what_to_install() {
    let site = application("");
    let workplace =
        Workplace::new(&config(&site.url("/")).replace("spacing = \"0s\"", "spacing = \"0s\"\nchromium = \"/no/such/browser\""));
    let checked = workplace.run(&["check"]);
    assert!(String::from_utf8_lossy(&checked.stderr).contains("there is no browser"), "{checked:?}");
    let output = workplace.run(&["run"]);
    let talk = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(talk.contains("there is no browser at `/no/such/browser`") && talk.contains("install Chromium"), "{talk}");
}

#[test]
fn try_and_add_render_where_they_are_asked_to() {
    if !has_browser() {
        return;
    }
    let site = application("");
    let workplace = Workplace::new("[fetch]\nspacing = \"0s\"\n");
    let plain = workplace.run(&["add", &site.url("/"), "--yes"]);
    assert!(String::from_utf8_lossy(&plain.stderr).contains("render = true"), "{plain:?}");
    let listing = workplace.succeed(&["try", &site.url("/"), "--render"]);
    assert!(listing.contains(&newsroom::headline(1)), "{listing}");
    workplace.succeed(&["add", &site.url("/"), "--render", "--yes", "--name", "courier"]);
    let written = String::from_utf8(workplace.bytes("config.toml")).unwrap();
    assert!(written.contains("render = true"), "{written}");
    workplace.succeed(&["run"]);
    assert_eq!(workplace.feed("courier.rss.xml").entries.len(), 3);
}

#[test]
fn the_requests_of_a_page_keep_robots_and_pace() {
    if !has_browser() {
        return;
    }
    const SPACING: Duration = Duration::from_millis(400);
    let site = application("User-agent: *\nDisallow: /api/news/");
    let workplace = Workplace::new(&config(&site.url("/")).replace("spacing = \"0s\"", "spacing = \"400ms\""));
    let output = workplace.run(&["run", "-v"]);
    let log = site.log();
    for pair in log.windows(2) {
        assert!(pair[1].at - pair[0].at >= SPACING, "{:?} before {}", pair[1].at - pair[0].at, pair[1].path);
    }
    assert!(!log.iter().any(|asked| asked.path.starts_with("/api/news/")), "robots.txt holds for what scripts ask for");
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(talk.contains("robots-disallowed"), "{talk}");
}

/// Everything by which a page may try to reach others, or to stay.
fn hostile(other: &str, port: u16) -> String {
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>Hostile</title>
        <link rel=prefetch href={other}/prefetch><link rel=preconnect href={other}><link rel=icon href={other}/icon>
        <link rel=stylesheet href={other}/style.css><script src={other}/script.js></script></head>
        <body><h1>Hostile</h1><img src={other}/image.png><iframe src={other}/frame></iframe><video src={other}/video.mp4></video>
        <object data={other}/object></object>
        <form id=f method=post action={other}/form><input name=a></form>
        <script>
            const quietly = act => {{ try {{ act() }} catch (error) {{ document.body.dataset.error = error }} }};
            quietly(() => fetch('{other}/fetch', {{ mode: 'no-cors' }}).catch(() => 0));
            quietly(() => fetch('/post', {{ method: 'POST', body: 'x' }}).catch(() => 0));
            quietly(() => {{ const asked = new XMLHttpRequest(); asked.open('GET', '{other}/xhr'); asked.send(); }});
            quietly(() => new WebSocket('ws://127.0.0.2:{port}/socket'));
            quietly(() => new EventSource('{other}/events'));
            quietly(() => navigator.sendBeacon('{other}/beacon', 'x'));
            quietly(() => new Worker(URL.createObjectURL(new Blob([\"fetch('{other}/worker')\"]))));
            quietly(() => navigator.serviceWorker.register('/service.js').catch(() => 0));
            quietly(() => new RTCPeerConnection({{ iceServers: [{{ urls: 'stun:127.0.0.2:{port}' }}] }}).createDataChannel('x'));
            quietly(() => window.open('{other}/popup'));
            quietly(() => {{ const link = document.createElement('a'); link.href = '{other}/download'; link.download = 'x'; link.click(); }});
            quietly(() => fetch('file:///etc/passwd').catch(() => 0));
            alert('stay'); confirm('really?');
            window.onbeforeunload = () => 'stay';
            document.cookie = 'a=b';
            const proof = document.createElement('article');
            proof.innerHTML = '<h2>Report</h2>' + '<p>The scripts of this page ran to their end, and tried what they could to reach others.</p>'.repeat(5);
            document.body.append(proof);
        </script></body></html>"
    )
}

#[test]
fn a_hostile_page_reaches_nobody() {
    if !has_browser() {
        return;
    }
    let other = Site::start_with_at("127.0.0.2:0", |_| Answer::html("<p>secret"));
    let page = hostile(&other.url(""), other.port());
    let site = Site::start([("/", Answer::html(&page)), ("/robots.txt", Answer::text(""))]);
    let (workplace, profiles) = workplace("[fetch]\nspacing = \"0s\"\n");
    let output = workplace.command(&["try", &site.url("/"), "--render", "--as", "article"]).env("TMPDIR", &profiles).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("ran to their end"), "{output:?}");
    assert_eq!(other.connections(), 0, "{:?}", other.log());
    assert_eq!(site.paths(), ["/"], "nothing but the page itself is asked for");
    nothing_is_left(&profiles);
}

#[test]
fn pages_that_never_end_cost_a_bounded_time_and_spare_the_others() {
    if !has_browser() {
        return;
    }
    let cases = [
        ("loop", "while (true) {}", "took longer than 8s"),
        ("grow", "for (;;) document.body.append(document.createElement('p'))", ""),
        ("flood", "for (let i = 0; i < 100000; i++) fetch('/x' + i)", ""),
    ];
    let site = Site::start_with(move |asked: &Asked| match cases.iter().find(|(name, ..)| asked.path == format!("/{name}")) {
        Some((_, script, _)) => Answer::html(&format!("<!doctype html><title>x</title><body><script>{script}</script>")),
        None => Answer::not_found(),
    });
    let honest = application("");
    let mut config = config(&honest.url("/")).replace("spacing = \"0s\"", "spacing = \"0s\"\nrender-timeout = \"8s\"\nretries = 0");
    for (name, ..) in &cases {
        config.push_str(&format!("\n[[source]]\nname = \"{name}\"\nurl = \"{}\"\nrender = true\n", site.url(&format!("/{name}"))));
    }
    let (workplace, profiles) = workplace(&config);
    let began = Instant::now();
    let output = workplace.command(&["run"]).env("TMPDIR", &profiles).output().unwrap();
    let took = began.elapsed();
    let talk = String::from_utf8_lossy(&output.stderr);
    println!("{took:?}\n{talk}");
    for (name, _, words) in &cases {
        let line = talk.lines().find(|line| line.contains(&format!("`{name}`"))).unwrap_or_else(|| panic!("{name}: {talk}"));
        assert!(line.contains(words), "{line}");
    }
    assert_eq!(workplace.feed("courier.rss.xml").entries.len(), 3, "{talk}");
    assert!(took < Duration::from_secs(180), "{took:?}");
    assert!(site.log().len() < 150, "{} requests", site.log().len());
    nothing_is_left(&profiles);
}

#[test]
fn pages_that_scripts_make_too_large_are_given_up() {
    if !has_browser() {
        return;
    }
    let cases = [
        ("/many", "for (let i = 0; i < 300000; i++) document.body.append(document.createElement('p'))", "elements"),
        ("/heavy", "const all = []; for (;;) all.push(new Uint8Array(1e6).fill(1))", "memory"),
        ("/large", "document.body.append(document.createComment('x'.repeat(20000000)))", "larger than"),
    ];
    let page = |script: &str| Answer::html(&format!("<!doctype html><title>x</title><body><script>{script}</script>"));
    let site = Site::start(cases.iter().map(|(path, script, _)| (*path, page(script))));
    let workplace = Workplace::new("[fetch]\nspacing = \"0s\"\n");
    for (path, _, words) in cases {
        let output = workplace.run(&["try", &site.url(path), "--render"]);
        let talk = String::from_utf8_lossy(&output.stderr);
        assert!(talk.contains(words) && !output.status.success(), "{path}: {talk}");
    }
}

#[test]
fn a_page_that_is_never_quiet_is_read_as_it_stands() {
    if !has_browser() {
        return;
    }
    let page = format!(
        "{}<script>document.querySelector('h1').append(' at last'); setInterval(() => fetch('/again'), 100)</script>",
        newsroom::article(1, "")
    );
    let site = Site::start([("/", Answer::html(&page)), ("/again", Answer::text("x"))]);
    let workplace = Workplace::new("[fetch]\nspacing = \"0s\"\nrender-timeout = \"4s\"\n");
    let text = workplace.succeed(&["try", &site.url("/"), "--render", "--as", "article", "--json"]);
    assert!(text.contains("Paragraph 3 of report"), "{text}");
    assert!(site.asked("/again").len() <= 100, "{}", site.asked("/again").len());
}

#[test]
fn a_run_that_is_killed_leaves_no_browser() {
    if !has_browser() {
        return;
    }
    for signal in ["-KILL", "-TERM", "-INT"] {
        let slow = Site::start_with(|asked: &Asked| match asked.path.as_str() {
            "/" => Answer::html(SHELL),
            "/app.js" => Answer::Script(vec![Step::Pause(Duration::from_secs(30))]),
            _ => Answer::not_found(),
        });
        let (workplace, profiles) = workplace(&config(&slow.url("/")));
        let mut child = workplace.command(&["run"]).env("TMPDIR", &profiles).spawn().unwrap();
        let began = Instant::now();
        while slow.asked("/app.js").is_empty() {
            assert!(began.elapsed() < Duration::from_secs(60), "the script was not asked for");
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(!processes_of(&profiles).is_empty(), "a browser is at work");
        let killed = std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        child.wait().unwrap();
        nothing_is_left(&profiles);
    }
}

#[test]
fn scripts_may_lead_on_and_redirects_are_followed() {
    if !has_browser() {
        return;
    }
    let site = Site::start([
        ("/", Answer::html("<!doctype html><body><script>location.href = '/moved'</script>")),
        ("/moved", Answer::redirect("/news")),
        ("/news", Answer::html(&format!("{}<script src=/old.js></script>", newsroom::article(2, "")))),
        ("/old.js", Answer::redirect("/new.js")),
        ("/new.js", Answer::ok("text/javascript", "document.querySelector('h1').append(' (by script)')")),
    ]);
    let workplace = Workplace::new("[fetch]\nspacing = \"0s\"\n");
    let text = workplace.succeed(&["try", &site.url("/"), "--render", "--as", "article", "--json"]);
    assert!(text.contains("Paragraph 3 of report"), "{text}");
    assert_eq!(site.paths(), ["/", "/moved", "/news", "/old.js", "/new.js"]);
}

#[test]
fn a_saved_page_cannot_be_rendered() {
    let workplace = Workplace::new("[[source]]\nname = \"saved\"\nurl = \"saved.html\"\nrender = true\n");
    let output = workplace.run(&["check"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be rendered"), "{output:?}");
}

#[test]
fn scripts_ask_other_hosts_without_credentials_and_only_as_those_allow() {
    if !has_browser() {
        return;
    }
    let other = Site::start_with_at("127.0.0.2:0", |asked: &Asked| match asked.path.as_str() {
        "/robots.txt" => Answer::text(""),
        "/open" => Answer::text("an open answer").with("Access-Control-Allow-Origin", asked.header("origin")),
        _ => Answer::text("a closed answer"),
    });
    let script = format!(
        "const read = path => fetch(path, {{ headers: {{ 'X-Key': 'x' }} }}).then(answer => answer.text()).catch(() => 'refused');
         Promise.all([read('/own'), read('{0}/open'), read('{0}/closed')]).then(all => document.body.append(all.join(', ')));",
        other.url("")
    );
    let site = Site::start([
        (
            "/",
            Answer::html(&format!("<!doctype html><title>x</title><body><h1>Answers</h1><script>{script}</script>"))
                .with("Set-Cookie", "a=b"),
        ),
        ("/own", Answer::text("its own answer")),
        ("/robots.txt", Answer::text("")),
    ]);
    let source = "cookies = true\nauth = { bearer = \"hunter2\" }\nrender = true\n";
    let config = newsroom::config(&site.url("/"), 50).replace("spacing = \"0s\"", "spacing = \"0s\"\nreachable = [\"127.0.0.2\"]");
    let workplace = Workplace::new(&(config + source));
    workplace.run(&["run"]);
    let own = &site.asked("/own")[0];
    assert_eq!((own.header("cookie"), own.header("authorization"), own.header("x-key")), ("a=b", "Bearer hunter2", "x"));
    let log = other.log();
    assert!(log.iter().all(|asked| asked.header("cookie").is_empty() && asked.header("authorization").is_empty()), "{log:?}");
    assert!(log.iter().all(|asked| asked.method == "GET"), "a preflight is nobody's request: {log:?}");
    assert_eq!(other.asked("/open")[0].header("origin"), site.url(""));
    let shown = workplace.succeed(&["try", &site.url("/"), "--render", "--as", "article", "--json"]);
    assert!(shown.contains("its own answer, an open answer, refused"), "{shown}");
}
