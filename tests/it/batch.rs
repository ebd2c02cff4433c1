//! `extract --batch` and `discover --batch`: saved pages in, JSON lines out, whatever their encoding.

use std::fs;
use std::io::Write as _;

use serde_json::Value;

use crate::workplace::Workplace;

const STORY: &str =
    "Łódka wróciła do przystani, a żeglarze z Żabiego Brzegu opowiadali o burzy, która złapała ich na środku jeziora tuż po południu.";

fn page(charset: &str) -> String {
    format!(
        "<html lang=pl><head><meta http-equiv=Content-Type content='text/html; charset={charset}'><title>Żeglarze wrócili</title></head>\
         <body><nav><a href=/>Start</a></nav><article><h1>Żeglarze wrócili</h1><p>{STORY}</p><p>{STORY} {STORY}</p></article></body></html>"
    )
}

/// Windows-1250, by hand: the test must not trust what it tests.
fn in_windows_1250(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        'Ł' => 0xA3,
        'ł' => 0xB3,
        'ó' => 0xF3,
        'Ż' => 0xAF,
        'ż' => 0xBF,
        'ś' => 0x9C,
        'ą' => 0xB9,
        c => u8::try_from(c).unwrap(),
    };
    text.chars().map(byte).collect()
}

fn lines(printed: &str) -> Vec<Value> {
    printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn saved_pages_are_read_in_their_own_encoding_and_in_order() {
    let work = Workplace::new("");
    fs::create_dir(work.path("pages")).unwrap();
    fs::write(work.path("pages/new.html"), page("utf-8")).unwrap();
    fs::write(work.path("pages/old.html"), in_windows_1250(&page("windows-1250"))).unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&in_windows_1250(&page("windows-1250"))).unwrap();
    fs::write(work.path("pages/packed.html.gz"), packed.finish().unwrap()).unwrap();
    let entry = |id: &str, path: &str| format!("{{\"id\":\"{id}\",\"path\":\"pages/{path}\",\"url\":\"https://jezioro.example/{id}\"}}\n");
    let entries = [entry("old", "old.html"), entry("packed", "packed.html.gz"), entry("gone", "gone.html"), entry("new", "new.html")];
    fs::write(work.path("manifest.jsonl"), entries.concat() + "{\"id\":\n").unwrap();
    let manifest = work.path("manifest.jsonl");
    let answers = lines(&work.succeed(&["extract", "--batch", manifest.to_str().unwrap(), "--threads", "2"]));
    assert_eq!(answers.len(), 5);
    for (answer, id) in [(&answers[0], "old"), (&answers[1], "packed"), (&answers[3], "new")] {
        assert_eq!(answer["id"], id);
        assert_eq!(answer["title"], "Żeglarze wrócili");
        assert_eq!(answer["text"], format!("{STORY}\n\n{STORY} {STORY}"), "{id}");
    }
    assert_eq!(answers[2]["id"], "gone");
    assert!(answers[2]["error"].as_str().unwrap().contains("gone.html"), "{}", answers[2]);
    assert!(answers[4]["error"].as_str().unwrap().starts_with("manifest line 5"), "{}", answers[4]);
}

#[test]
fn saved_listings_are_read_in_their_own_encoding_too() {
    let work = Workplace::new("");
    let items: String =
        (1..=8).map(|day| format!("<li><a href=/burza/{day}>Żeglarze wrócili z jeziora po raz {day}</a> 2026-05-0{day}</li>")).collect();
    let listing = format!("<html><head><meta charset=windows-1250><title>Jezioro</title></head><body><ul>{items}</ul></body></html>");
    fs::write(work.path("list.html"), in_windows_1250(&listing)).unwrap();
    fs::write(work.path("manifest.jsonl"), "{\"id\":\"a\",\"path\":\"list.html\",\"url\":\"https://jezioro.example/\"}\n").unwrap();
    let manifest = work.path("manifest.jsonl");
    let answers = lines(&work.succeed(&["discover", "--batch", manifest.to_str().unwrap()]));
    let titles: Vec<&str> = answers[0]["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap()).collect();
    assert_eq!(titles.len(), 8, "{}", answers[0]);
    assert!(titles.contains(&"Żeglarze wrócili z jeziora po raz 3"), "{titles:?}");
}
