//! Bodies that a person marked line by line, kept as marks of where they begin and end: no text of a page is stored.
//!
//! A file of marks has a line for each page: its `id`, a tab, and for each run of body lines `first` or `first-last`, separated by spaces. In a file as a person
//! writes it these are the numbers that [`shown`] puts before the lines; as it is kept they are prints of the lines' words, which hold when other lines come or go.

use std::collections::HashMap;

use feedwright::extract::body::coarse::Coarse;
use feedwright::extract::body::sheet::Sheet;
use feedwright::html::Dom;
use scraper::ElementRef;

/// Longer lines are shown by their beginning and end.
const SHOWN: usize = 130;
const BEGINNING: usize = 95;
const END: usize = 25;
/// So many short links in a row are shown in one line.
const MANY_LINKS: usize = 6;
const SHORT_LINK: usize = 45;
const SHOWN_LINKS: usize = 260;

/// A page's lines for a person to mark, each with its number and element; `a` tells that all of it is a link.
pub(crate) fn shown(dom: &Dom, sheet: &Sheet) -> String {
    let linked = sheet.names().iter().position(|name| *name == "linked");
    let share = |row: &[Coarse]| linked.and_then(|at| row.get(at)).copied().unwrap_or_default().value();
    let element = |around: Vec<ego_tree::NodeId>| {
        let wrapped = around.first().and_then(|id| dom.html.tree.get(*id)).and_then(ElementRef::wrap);
        wrapped.map(|wrapped| wrapped.value().name().to_owned()).unwrap_or_default()
    };
    let lines: Vec<(&str, bool, String)> = sheet
        .lines()
        .zip(sheet.rows())
        .zip(sheet.around())
        .map(|((words, row), around)| {
            let is_link = share(row) > 0.9;
            (words, is_link, if is_link { format!("{} a", element(around)) } else { element(around) })
        })
        .collect();
    let mut text = String::new();
    let mut at = 0;
    while let Some((words, _, element)) = lines.get(at) {
        let links = lines[at..].iter().take_while(|(words, is_link, _)| *is_link && words.len() < SHORT_LINK).count();
        if links >= MANY_LINKS {
            let joined = lines[at..at + links].iter().map(|(words, ..)| *words).collect::<Vec<_>>().join(" / ");
            text += &format!("{at}-{} links: {}\n", at + links - 1, cut(&joined, SHOWN_LINKS));
            at += links;
        } else {
            text += &format!("{at} {element}: {}\n", cut(words, SHOWN));
            at += 1;
        }
    }
    text
}

fn cut(text: &str, most: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= most {
        return text.to_owned();
    }
    let part = |from: usize, to: usize| letters[from..to].iter().collect::<String>();
    format!("{} … {} ({})", part(0, most - SHOWN + BEGINNING), part(letters.len() - END, letters.len()), letters.len())
}

/// Where each run of body lines of a page begins and ends, by the page's `id`.
pub(crate) type Marks = HashMap<String, Vec<(String, String)>>;

/// The marks of a file; a page of which nothing could be told has a `?` and is left out, one without a body a `-`.
pub(crate) fn read(path: &str) -> Marks {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(_, runs)| runs.trim() != "?")
        .map(|(id, runs)| {
            let runs = runs.split_whitespace().filter(|run| *run != "-").map(|run| run.split_once('-').unwrap_or((run, run)));
            (id.to_owned(), runs.map(|(first, last)| (first.to_owned(), last.to_owned())).collect())
        })
        .collect()
}

/// Marks by numbers as marks by prints.
pub(crate) fn printed(lines: &[&str], numbers: &[(String, String)]) -> Option<String> {
    let prints: Option<Vec<String>> = numbers
        .iter()
        .map(|(first, last)| {
            let print_at = |number: &str| Some(print(lines.get(number.parse::<usize>().ok()?)?));
            let (first, last) = (print_at(first)?, if first == last { None } else { Some(print_at(last)?) });
            Some(last.map_or_else(|| first.clone(), |last| format!("{first}-{last}")))
        })
        .collect();
    let prints = prints?;
    Some(if prints.is_empty() { "-".to_owned() } else { prints.join(" ") })
}

/// The lines that are the body by these marks; nothing where a mark is not found.
pub(crate) fn body(lines: &[&str], marks: &[(String, String)]) -> Option<Vec<bool>> {
    let prints: Vec<String> = lines.iter().map(|line| print(line)).collect();
    let find = |from: usize, print: &str| prints.get(from..)?.iter().position(|own| own == print).map(|at| from + at);
    let mut kept = vec![false; lines.len()];
    let mut next = 0;
    for (first, last) in marks {
        let start = find(next, first)?;
        let end = find(start, last)?;
        kept[start..=end].fill(true);
        next = end + 1;
    }
    Some(kept)
}

/// FNV-1a over the letters of a line, in 32 bits.
fn print(line: &str) -> String {
    let letters = line.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let hash = letters.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{hash:08x}")
}
