//! Bylines of Chinese, Japanese and Korean, which set no spaces in names: "来源：晚报　作者：林小明", "文・森みのり　写真・…", "김하나 기자".

use super::person::is_ideograph;

/// What announces who wrote, the longer before what it begins with.
const WRITERS: [&str; 33] = [
    "本报记者",
    "本報記者",
    "本网记者",
    "本社記者",
    "取材・文",
    "取材・執筆",
    "文・写真",
    "写真・文",
    "文・構成",
    "撰文者",
    "撰文",
    "撰稿",
    "执笔",
    "執筆者",
    "執筆",
    "采写",
    "文字",
    "作者",
    "著者",
    "筆者",
    "投稿者",
    "ライター",
    "記者",
    "记者",
    "文",
    "글·사진",
    "글쓴이",
    "작성자",
    "글",
    "기자",
    "通讯员",
    "通訊員",
    "实习生",
];
/// Of these, the ones after which a space is sign enough.
const WRITERS_BEFORE_SPACE: [&str; 13] =
    ["本报记者", "本報記者", "本网记者", "本社記者", "記者", "记者", "通讯员", "通訊員", "实习生", "글", "글·사진", "작성자", "기자"];
/// What announces who edited, pictured or proofread.
const OTHERS: [&str; 17] = [
    "责任编辑",
    "責任編輯",
    "责编",
    "責編",
    "编辑",
    "編輯",
    "編集",
    "校对",
    "校對",
    "摄影",
    "攝影",
    "写真",
    "撮影",
    "編審",
    "审核",
    "편집",
    "사진",
];
/// Signs between a label and its name.
const SIGNS: [char; 11] = ['：', ':', '／', '/', '|', '｜', '＝', '=', '・', '．', '·'];
/// Tasks that stand after a name.
const TASKS: [&str; 15] = [
    "기자",
    "선임기자",
    "인턴기자",
    "수습기자",
    "전문기자",
    "객원기자",
    "논설위원",
    "편집위원",
    "칼럼니스트",
    "특파원",
    "記者",
    "记者",
    "報導",
    "报道",
    "記",
];
/// What is written like a name and is none: other labels, the words of menus, kinds of reporters.
const NO_NAMES: &str = "\
    来源|來源|报道|報導|報道|报导|摄影|攝影|写真|撮影|编辑|編輯|編集|时间|日期|发布|发布时间|更新|公開|投稿|記事|一覧|目次|新聞|紹介|登录|登錄|\
    登入|注册|註冊|会员|會員|会員|首页|首頁|更多|分享|评论|評論|留言|全部|网友|佚名|未知|匿名|综合|原创|转载|本报讯|記者|记者|作者|著者|筆者|사진|\
    영상|댓글|공유|목록|입력|승인|수정|더보기|구독|전체|뉴스|기사|제보|로그인|로그아웃|회원|회원가입|홈|이전|다음|현장|취재|담당|신문|기자|관리자|운영자|\
    익명|등록|날짜|출처|편집|검색|메뉴|이메일|스크랩|인쇄|문의|管理员|管理員|管理者|実行|詳細|登録|会員登録|新規登録|無料|続き|検索|人気|特集|関連";
/// What names of houses and of their departments end with.
const HOUSE_ENDS: [&str; 28] = [
    "报", "報", "网", "網", "社", "部", "局", "院", "台", "新闻", "新聞", "公司", "大学", "大學", "協会", "协会", "会社", "일보", "신문",
    "뉴스", "통신", "방송", "快訊", "快讯", "報導", "报道", "報道", "报导",
];
/// A byline is a short line.
const LONGEST: usize = 60;
/// A label in brackets before or after a text is shorter.
const LONGEST_BRACKET: usize = 40;

/// Whether a word is written like a name: three syllables in Korean, two to five in Chinese, more where it has kana or a dot.
pub(super) fn is_name(word: &str) -> bool {
    let count = word.chars().count();
    let parts = word.contains(['·', '・']);
    let hangul = word.chars().all(|c| matches!(c, '\u{ac00}'..='\u{d7af}'));
    let katakana = word.chars().all(|c| matches!(c, '\u{30a0}'..='\u{30ff}'));
    let kana = word.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}'));
    let most = match (hangul, parts, kana) {
        (true, ..) => 4,
        (_, true, _) => 14,
        (_, _, true) => 8,
        _ => 5,
    };
    (2..=most).contains(&count)
        && (!katakana || parts)
        && word.chars().all(|c| is_ideograph(c) || matches!(c, '·' | '々'))
        && !word.starts_with(['·', '・'])
        && !NO_NAMES.split('|').any(|known| known == word)
        && !HOUSE_ENDS.iter().any(|end| word.ends_with(end))
        && !TASKS.iter().chain(&WRITERS).any(|other| word == *other)
        && !OTHERS.iter().any(|other| word.starts_with(other))
}

/// The names of a place that is an author's: those that a label announces, or a list of them; none where a label announces another task.
pub(super) fn read(line: &str) -> Option<Vec<String>> {
    if !line.chars().any(is_ideograph) {
        return None;
    }
    let other = |label: &str| line.trim_start().strip_prefix(label).is_some_and(|rest| rest.trim_start().starts_with(SIGNS));
    if OTHERS.iter().any(|label| other(label)) {
        return Some(Vec::new());
    }
    labelled(line).or_else(|| listed(line))
}

/// The names of a short line that says itself that they are authors'.
pub(super) fn byline(line: &str) -> Option<Vec<String>> {
    if !line.chars().any(is_ideograph) || line.chars().count() > LONGEST {
        return None;
    }
    labelled(line).or_else(|| signed(line))
}

/// The names before a text: "〔記者林小明／湖邊報導〕", "(湖港=통신) 김하나 기자 =".
pub(super) fn dateline(text: &str) -> Option<Vec<String>> {
    let inner = text.trim_start().strip_prefix(['〔', '（', '(', '【', '['])?;
    let end = inner.char_indices().take(LONGEST_BRACKET).find(|(_, c)| matches!(c, '〕' | '）' | ')' | '】' | ']'))?.0;
    let (inside, after) = inner.split_at(end);
    let signs = ["记者", "記者", "기자"].iter().any(|word| inside.contains(word));
    if signs {
        return byline(inside);
    }
    let mut after = after.chars();
    let close = after.next()?;
    let after: String = after.take(LONGEST_BRACKET).collect();
    let (signature, _) = after.split_once('=').filter(|_| close == ')' || close == ']')?;
    signed(signature)
}

/// "作者：林小明 来源：晚报": the names after labels.
fn labelled(line: &str) -> Option<Vec<String>> {
    let line =
        line.replace("作 者", "作者").replace("作　者", "作者").replace(['【', '】', '〔', '〕', '（', '）', '(', ')', '[', ']'], " ");
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut names: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        let Some((value, spaced)) = value_of(word, words.get(at).copied()) else { continue };
        let before = names.len();
        if value.is_empty() {
            // A sign may stand between two spaces: "文 | 林小明".
            at += usize::from(words.get(at).is_some_and(|next| next.chars().all(|c| SIGNS.contains(&c))));
        } else {
            names.extend(names_of(value));
        }
        while let Some(next) = words.get(at) {
            let found = names_of(next);
            // Beside names stand no spaces in Chinese only; "記者 報導" and a further label end them.
            let first = names.len() == before;
            if found.is_empty() || !first && !spaced {
                break;
            }
            names.extend(found);
            at += 1;
        }
    }
    (!names.is_empty()).then_some(names)
}

/// What a label announces within its word, and whether its names may stand with spaces between them.
fn value_of<'a>(word: &'a str, next: Option<&str>) -> Option<(&'a str, bool)> {
    let label = WRITERS.iter().find(|label| word.starts_with(**label));
    // "晚报记者 林小明"
    let label = label.or_else(|| ["记者", "記者"].iter().find(|label| word.ends_with(**label) && next.is_some_and(is_name)));
    let label = *label?;
    let spaced = matches!(label, "作者" | "记者" | "本报记者" | "本報記者" | "通讯员" | "实习生" | "撰文" | "文");
    let Some(rest) = word.strip_prefix(label) else { return Some(("", spaced)) };
    if let Some(value) = rest.strip_prefix(SIGNS) {
        return Some((value, spaced));
    }
    if rest.is_empty() {
        let sign = next.is_some_and(|next| next.starts_with(SIGNS));
        let named = WRITERS_BEFORE_SPACE.contains(&label) && next.is_some_and(|next| !names_of(next).is_empty());
        return (sign || named).then_some(("", spaced));
    }
    // "記者林小明／湖邊報導", "本报记者林小明"
    let whole = label.starts_with('本') && is_name(rest);
    let reports = matches!(label, "記者" | "记者") && rest.contains(['／', '/']);
    (whole || reports).then_some((rest, spaced))
}

/// The names of one word: several with signs between them; what is no name ends them.
fn names_of(word: &str) -> Vec<String> {
    // A further label: "来源：晚报".
    if word.contains(['：', ':']) {
        return Vec::new();
    }
    let parts = word.split(['、', '，', ',', '／', '/', '&', '；', ';']);
    parts.map(|part| part.trim_start_matches(SIGNS)).take_while(|part| is_name(part)).map(str::to_owned).collect()
}

/// "김하나 기자, 이하늘 기자": names before their task.
fn signed(line: &str) -> Option<Vec<String>> {
    let line = line.trim().trim_start_matches('[').trim_end_matches(']');
    let line = line.split_once('=').map_or(line, |(_, signed)| signed);
    let (before, after) = line.split_once(' ')?;
    let names: Vec<String> = before.split(['·', '・', ',']).map(str::to_owned).collect();
    let mut rest = after.split([' ', ',']);
    let task = rest.next().filter(|word| TASKS.contains(word));
    let ends = rest
        .find(|word| !word.is_empty())
        .is_none_or(|next| !next.chars().all(is_ideograph) || is_name(next) || NO_NAMES.split('|').any(|known| known == next));
    if task.is_none() || !ends || !names.iter().all(|name| is_name(name)) {
        return None;
    }
    listed(line).or(Some(names))
}

/// "森みのり、林小明": names alone, with tasks after them.
fn listed(line: &str) -> Option<Vec<String>> {
    let line = line.split_once('=').map_or(line, |(_, signed)| signed);
    let mut names: Vec<String> = Vec::new();
    let mut has_task = false;
    for part in line.split(['、', '，', ',', '／', '/', '&', ';']) {
        let (name, task) = without_task(part.trim());
        // The dot stands between two Korean names, and inside of a foreign one.
        let hangul = name.chars().all(|c| c == '·' || matches!(c, '\u{ac00}'..='\u{d7af}'));
        let found: Vec<&str> = if hangul { name.split('·').collect() } else { vec![name] };
        // "晚报／林小明": a house before its reporter.
        if names.is_empty() && HOUSE_ENDS.iter().any(|end| name.ends_with(end)) {
            has_task = true;
            continue;
        }
        if !found.iter().all(|name| is_name(name)) {
            break;
        }
        has_task |= task;
        names.extend(found.into_iter().map(str::to_owned));
    }
    (names.len() > 1 || has_task && !names.is_empty()).then_some(names)
}

/// A name without the task after it, and whether there was one.
fn without_task(part: &str) -> (&str, bool) {
    match part.split_once(' ') {
        Some((name, task)) if task.split(' ').next().is_some_and(|task| TASKS.contains(&task)) => (name, true),
        _ => (part, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_announce_names() {
        let check = |line: &str, expected: &[&str]| assert_eq!(byline(line).unwrap_or_default(), expected, "{line}");
        check("2024年03月05日 16:20　来源：湖港晚报　作者：林小明", &["林小明"]);
        check("作者：林小明 来源：湖港晚报 2024-03-05", &["林小明"]);
        check("作者：林小明 王大河", &["林小明", "王大河"]);
        check("作 者：林小明、王大河", &["林小明", "王大河"]);
        check("文 | 林小明", &["林小明"]);
        check("撰文：林小明", &["林小明"]);
        check("本报记者 林小明", &["林小明"]);
        check("湖港晚报记者 林小明 实习生 王大河", &["林小明", "王大河"]);
        check("（记者 林小明 通讯员 王大河）", &["林小明", "王大河"]);
        check("記者林小明／湖邊報導", &["林小明"]);
        check("文・森みのり　写真・大河内駿", &["森みのり"]);
        check("取材・文：森みのり", &["森みのり"]);
        check("文・写真：森みのり", &["森みのり"]);
        check("執筆：森みのり", &["森みのり"]);
        check("投稿者: 森みのり", &["森みのり"]);
        check("글쓴이 : 김하나", &["김하나"]);
        check("작성자: 김하나", &["김하나"]);
        check("김하나 기자", &["김하나"]);
        check("김하나 선임기자 hana@post.example", &["김하나"]);
        check("김하나·이하늘 기자", &["김하나", "이하늘"]);
        for line in [
            "责任编辑：林小明",
            "编辑：林小明",
            "来源：湖港晚报",
            "记者从市政府了解到",
            "작성자 : 관리자",
            "현장 기자",
            "김하나 기자는 다리를 보았다",
        ] {
            check(line, &[]);
        }
    }

    #[test]
    fn an_authors_place_may_hold_a_list() {
        let check = |line: &str, expected: Option<&[&str]>| {
            assert_eq!(read(line), expected.map(|names| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()), "{line}");
        };
        check("森みのり、大河内駿", Some(&["森みのり", "大河内駿"]));
        check("김하나 기자, 이하늘 기자", Some(&["김하나", "이하늘"]));
        check("김하나 인턴기자", Some(&["김하나"]));
        check("责任编辑：林小明", Some(&[]));
        check("湖港快訊／林小明", Some(&["林小明"]));
        check("湖港晚报", None);
        check("艾丽斯·王", None);
        check("Ana Solano", None);
    }

    #[test]
    fn a_text_may_begin_with_its_reporter() {
        assert_eq!(dateline("〔記者林小明／湖邊報導〕橋今天通車。"), Some(vec!["林小明".to_owned()]));
        assert_eq!(dateline("(湖港=통신) 김하나 기자 = 다리가 열렸다."), Some(vec!["김하나".to_owned()]));
        assert_eq!(dateline("（橋は今日開通した）"), None);
    }
}
