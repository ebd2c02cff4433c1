//! Notes that a site sets in and under every article, whoever wrote it: questions whether foreign content may load, forms for an address, what it earns by links,
//! who may read on, who may comment, and whose the opinions are.

use std::sync::LazyLock;

use super::sayings::Sayings;

/// Questions whether content of another site may load, what stands in its place until then, forms for an address, and what a site says of its own gain.
const TOLD: [(&str, &str); 8] = [
    (
        "empfohlener an externe externer externen mit durch",
        r"(?:empfohlener\ (?:redaktioneller|externer)\ inhalt|an\ dieser\ stelle\ (?:findest|finden|findet)\b[^.]*\binhalt|externe[nr]?\ inhalte?\b[^.]*\b(?:sie|ihnen|du|dir|ihr|euch|ich|mir)\b|(?:mit|durch)\ (?:dem\ |das\ |einen\ )?(?:laden|klick[a-z]*|aktivier[a-z]+)\b[^.]*\b(?:(?:akzeptier|stimm)en\ sie|(?:akzeptiere|stimme)\ ich|sie\ (?:sich\ )?(?:damit\ )?einverstanden))",
    ),
    (
        "to+view to+see to+watch to+display to+load to+play in+order by+signing by+subscribing by+clicking by+loading",
        r"(?:(?:in\ order\ )?to\ (?:view|see|watch|display|load|play)\ this\ (?:content|video|post|tweet|embed|media)\b[^.]*\b(?:enable|accept|allow|consent|cookies)|by\ (?:signing\ up|subscribing|clicking|loading)\b[^.]*\byou\ (?:agree|accept|consent)\b[^.]*\b(?:our|receive|terms|privacy)\b)",
    ),
    (
        "this+content this+video this+post this+embed this+article this+page this+story this+site this+link this+links our+post our+article our+page our+story \
         our+site our+link our+links some+of as+an we+may we+earn we+receive we+get i+may i+earn i+receive i+get when+you if+you",
        r"(?:this\ (?:content|video|post|embed)\ (?:is\ (?:hosted|provided)\ by|can\ ?not\ be\ (?:shown|loaded|displayed))\b|(?:this|our|some\ of\ the)\ (?:post|article|page|story|site|links?)[^.]*\b(?:contains?|may\ contain|includes?|are|may\ be)\ (?:[a-z]+\ )?affiliate|as\ an\ amazon\ associate,?\ (?:i|we)\b|(?:we|i)\ (?:may\ )?(?:earn|receive|get)\ [^.]*\bcommissions?\b[^.]*\b(?:links?|purchas|buy)|(?:when|if)\ you\ (?:buy|purchase|click)[^.]*\b(?:we|i)\ (?:may|might|will)\ (?:earn|receive|get)\ [^.]*\b(?:commission|small|affiliate))",
    ),
    (
        "dieser werbung anzeige",
        r"(?:dieser\ (?:beitrag|artikel|text|post)\ (?:enthält|beinhaltet)\ (?:[a-z]+\ )?(?:werbung|affiliate|werbelinks|provisions)|(?:werbung|anzeige)[.:*!|\ –-]+\ ?(?:dieser\ (?:beitrag|artikel)\b|enthält\b|da\ ))",
    ),
    (
        "pour+afficher pour+visualiser pour+voir pour+lire ce+contenu cette+vidéo cette+page cet+article",
        r"(?:pour\ (?:afficher|visualiser|voir|lire)\ (?:ce|cette|ces)\ (?:contenus?|vidéos?|médias?|articles?)\b[^.]*\b(?:accept|autoris|cookies)|(?:ce\ contenu|cette\ vidéo)\b[^.]*\bcookies|(?:cet\ article|ce\ contenu|cette\ page)[^.]*\bliens?\ (?:d['’]affiliation|affiliés?))",
    ),
    (
        "este+contenido este+conteúdo este+vídeo este+video este+artículo este+artigo este+post esta+página para+ver per+visualizzare per+vedere questo+articolo \
         questa+pagina",
        r"(?:(?:est[ea]|para\ ver\ est[ea])\ (?:contenido|conteúdo|vídeo|video)\b[^.]*\bcookies|est[ea]\ (?:artículo|artigo|post|contenido|conteúdo|página)[^.]*\b(?:enlaces?|links?)\ (?:de\ )?afiliad|per\ (?:visualizzare|vedere)\ quest[aeio]\ (?:contenut|video)[^.]*\b(?:cookie|accett|consens)|quest[oa]\ (?:articolo|pagina)[^.]*\blink\ (?:di\ )?affilia)",
    ),
    (
        "voor om dit för for denna detta denne aby",
        r"(?:(?:voor\ het\ tonen|om\ deze\ (?:inhoud|video)\ te)\b[^.]*\b(?:cookies|accepteer)|dit\ artikel\ bevat[^.]*\baffiliate|(?:för\ att|for\ å|for\ at)\ (?:se|visa|vise)\b[^.]*\bcookies|(?:denna|detta|denne)\ (?:artikel|sida|side|text|tekst|inlägg|innlegg)[^.]*\b(?:affiliate|annonslänkar|reklamelenker)|aby\ (?:wyświetlić|zobaczyć)\b[^.]*\bcookie)",
    ),
    (
        "enter pop type leave gib geben entrez saisissez indiquez introduce ingresa escribe digite insira informe inserisci vul",
        r"(?:(?:enter|pop|type|leave)\ (?:in\ )?your\ e-?mail|(?:gib|geben\ sie)\ (?:hier\ |einfach\ )?(?:deine|ihre)\ e-?mail|(?:entrez|saisissez|indiquez)\ votre\ (?:adresse\ )?e-?mail|(?:introduce|ingresa|escribe)\ tu\ (?:correo|e-?mail)|(?:digite|insira|informe)\ seu\ e-?mail|inserisci\ la\ tua\ e-?mail|vul\ (?:je|uw)\ e-?mail)(?:\ (?:address|adresse?))?(?:\W*$|[^.!?;]*\b(?:below|above|here|to\ (?:receive|subscribe|get|sign|join)|unten|um\ [^.]*\berhalten|ci-dessous|pour\ recevoir|abajo|para\ receb|para\ recib|abaixo|per\ ricevere|hieronder))",
    ),
];

/// What a site says under each of its articles, whoever wrote them: who may read on, who may comment, whose the opinions are. A line with one of these.
const STANDING: [(&str, &str); 10] = [
    (
        "this+content this+article this+story this+post this+page already to+read to+continue to+view to+access to+unlock to+see",
        r"(?:this\ (?:content|article|story|post|page)\ is\ (?:reserved\ for|exclusive(?:ly)?\ (?:to|for|available)|only\ (?:available\ )?(?:to|for)|available\ (?:only|exclusively)|for)\b[^.,]{0,40}\b(?:subscribers?|members?)\b|already\ an?\ (?:[a-z]+\ )?(?:subscriber|member)\b[^.]*(?:\?|\b(?:log|sign)\b)|to\ (?:read|continue\ reading|view|access|unlock|see)\ (?:this|the)\ (?:full\ |entire\ |complete\ |rest\ of\ (?:this|the)\ )?(?:story|article|piece|content|post)\b[^.]*\b(?:subscribe|log\ ?in|sign\ (?:in|up)|register|subscription|account)\b)",
    ),
    (
        "create register sign log subscribe become",
        r"(?:create\ an\ account|register|sign\ (?:in|up)|log\ ?in|subscribe)\b(?:[^.]*\b(?:sign\ (?:in|up)|log\ ?in|register|subscribe|now|today))?\ to\ (?:continue\ (?:with\ your\ )?reading|keep\ reading|read\ (?:the\ (?:full|latest|rest)|this|more)|unlock|comment\b|reply\b|post\ a|leave\ a|join\ the\ (?:conversation|discussion))|become\ a\ paid\ subscriber\b",
    ),
    (
        "get+in get+email get+updates do+you have+you have+a got+a we+want we+d haben+sie hast+du",
        r"(?:get\ in\ touch\ with\ (?:our|the)\ [^.!?]*\b(?:team|desk|newsroom|reporters?|editors?)\b|get\ (?:email\ )?(?:updates|alerts)\ from\ (?:your|our|us)\b|(?:do\ you\ have|have\ you\ got|got|have)\ a\ (?:news\ )?(?:story|tip|question)\b[^.!?]*\?\W*(?:e-?mail|contact|get\ in\ touch|write\ to|tell\ us|let\ us)|we(?:['’]d\ like|\ want)\ to\ hear\ (?:from\ you|what\ you\ think\ about\ this)|(?:haben\ sie|hast\ du)\ (?:einen\ )?(?:hinweise?|tipps?|fragen)\b[^.!?]*\?\W*(?:schreib|melde|kontaktier|mail))",
    ),
    (
        "you+ve you+have you+must you+need if+you comments",
        r"(?:you(?:['’]ve|\ have)\ (?:reached|read|used)\b[^.]*\b(?:free\ (?:articles?|stories)|article\ limit|monthly\ limit)|you\ (?:must|need\ to|have\ to)\ be\ (?:logged|signed)\ in\ to\ (?:post|leave|comment|reply)|if\ you(?:['’]re|\ are)\ (?:seeing\ this\ message|already\ a\ (?:subscriber|member))|comments\ (?:are|have\ been)\ (?:closed|disabled|turned\ off)\b)",
    ),
    (
        "dieser diese dieses sie+müssen du+musst bitte bereits deine ihre ein+klick kommentare",
        r"(?:diese[rs]?\ (?:artikel|inhalt|text|beitrag)\ ist\ (?:nur|exklusiv|ausschließlich)\b[^.]*\b(?:abonnent|mitglied|registriert)|(?:sie\ müssen|du\ musst)\b[^.]*\b(?:einloggen|anmelden|angemeldet|eingeloggt)\b[^.]*\b(?:kommentar|kommentier|diskussion|weiterles|beteilig)|bitte\ (?:melde\ dich|melden\ sie\ sich|logge\ dich|loggen\ sie\ sich)\b[^.]*\b(?:kommentar|kommentier|weiterles)|bereits\ (?:abonnent|registriert|mitglied)\b[^.]*\?|(?:deine|ihre)\ (?:privatsphäre|datenschutz|cookie)-?einstellungen\ (?:verhindern|blockieren|erlauben)|ein\ klick\ für\ den\ datenschutz|kommentare\ sind\ (?:geschlossen|deaktiviert))",
    ),
    (
        "cet+article vous+devez connectez déjà",
        r"(?:cet\ article\ est\ réservé|(?:vous\ devez\ (?:être\ connecté|vous\ connecter)|connectez-vous)[^.]*\bpour\ (?:commenter|poster|publier|laisser|lire)|déjà\ abonnée?)",
    ),
    (
        "contenido debes debe ya conteúdo já articolo contenuto devi sei dit al",
        r"(?:contenido\ exclusivo\ para|(?:debes?|tienes\ que)\ (?:iniciar\ sesión|estar\ (?:conectado|registrado)|acceder|ingresar)\b[^.]*\b(?:comenta|leer)|ya\ eres\ suscriptora?|conteúdo\ exclusivo\ para|já\ é\ assinante|(?:articolo|contenuto)\ riservato\ a|devi\ (?:essere\ connesso|accedere|effettuare)\b[^.]*\bcomment|sei\ già\ abbonat|dit\ artikel\ is\ (?:alleen|exclusief)\ voor|al\ abonnee\b)",
    ),
    (
        "the+views the+opinions views opinions any+views any+opinions gastkommentare gastbeiträge les+opinions les+propos les+points las+opiniones os le+opinioni",
        r"(?:(?:the\ |any\ )?(?:views|opinions)\b[^.]*\bexpressed\b[^.]*\b(?:are\ (?:those|their|solely|his|her|the\ author|my)|(?:do|does|may)\ not|not\ necessarily)\b|(?:gastkommentare|gastbeiträge)\b[^.]*\bmeinung\ der\ redaktion|les\ (?:opinions|propos|points\ de\ vue)\b[^.]*\bn['’]engagent\ que|(?:las|os|le)\ opini[^.\ ]*\ (?:expresadas|vertidas|expressas|expressadas|espresse)\b[^.]*\b(?:responsab|no\ (?:reflejan|representan|necesariamente)|não\ refletem))",
    ),
    (
        "this+article this+content this+material this+information this+post this+page this+blog this+site this+website nothing information",
        r"(?:this\ (?:article|content|material|information|post|page|blog|site|website)|(?:nothing|information)\ (?:in|on|contained)\b)[^.]*\b(?:for\ (?:general\ )?(?:informational|information|educational)(?:\ (?:and|or)\ (?:informational|information|educational|entertainment))?\ purposes\ only|not\ intended\ (?:as|to\ (?:be|provide|constitute|replace|substitute))\b[^.]*\badvice|not\ constitute\b[^.]*\badvice|substitute\ for\ (?:professional|medical|legal)\b[^.]*\badvice)",
    ),
    (
        "article+continues nach+oben zum+seitenanfang advertisement",
        r"(?:nach\ oben|zum\ seitenanfang|advertisement\.?\ scroll\ to\ continue(?:\ reading)?|article\ continues\ (?:below|after)\ (?:this\ )?ad(?:vertisement)?)\W*$",
    ),
];

static NOTES: LazyLock<Sayings> = LazyLock::new(|| Sayings::of(&[&TOLD[..], &STANDING[..]].concat()));

/// Whether a sentence, whose first word in small letters is told, begins such a note.
pub(super) fn begins_note(word: &str, sentence: &str) -> bool {
    NOTES.begin(word, sentence)
}

#[cfg(test)]
mod tests {
    use super::super::promo::is_call;
    use super::super::sayings::{compiled, first_word};
    use super::*;

    /// A pattern that cannot be read would match nothing, in silence.
    #[test]
    fn every_pattern_can_be_read() {
        for (words, pattern) in TOLD.iter().chain(&STANDING) {
            assert!(compiled(pattern).is_some(), "{pattern}");
            assert!(words.split([' ', '+']).filter(|word| !word.is_empty()).all(|word| first_word(word) == word), "never found: {words}");
        }
    }

    #[test]
    fn content_that_waits_for_consent_is_not_there() {
        for line in [
            "Empfohlener redaktioneller Inhalt",
            "An dieser Stelle finden Sie einen externen Inhalt von Instagram.",
            "To view this video please enable JavaScript",
            "By signing up, you agree to receive our letters.",
            "Pour afficher ce contenu, vous devez accepter les cookies.",
        ] {
            assert!(is_call(line), "{line}");
        }
    }

    #[test]
    fn notes_that_stand_under_every_article_are_no_part_of_it() {
        for line in [
            "This content is reserved for subscribers only.",
            "To view the full story, please subscribe to The Harbour Post.",
            "Create an account or sign in to continue with your reading experience.",
            "Subscribe now to read the latest news in your city.",
            "If you’re seeing this message but you’re already a subscriber, log in.",
            "You must be logged in to post a comment.",
            "Dieser Artikel ist nur für Abonnenten lesbar.",
            "Sie müssen sich einloggen, um sich an einer Diskussion beteiligen zu können.",
            "Ein Klick für den Datenschutz",
            "Cet article est réservé à nos abonnés.",
            "Vous devez être connecté pour publier un commentaire.",
            "Contenido exclusivo para suscriptores",
            "Debes iniciar sesión para comentar.",
            "The views expressed by the authors are their own and do not necessarily reflect those of the harbour.",
            "Gastkommentare müssen nicht der Meinung der Redaktion entsprechen.",
            "Las opiniones expresadas son responsabilidad de sus autores.",
            "This article is for general information purposes only.",
            "This material is not intended to replace the advice of a qualified advisor.",
            "Advertisement. Scroll to continue reading.",
            "Get in touch with our news team by emailing us.",
            "Get email updates from your favourite authors.",
            "Do you have a story to tell? Email the harbour desk.",
            "We want to hear from you: did the ferry leave without you?",
            "Haben Sie Hinweise zur Fähre? Schreiben Sie uns.",
        ] {
            assert!(is_call(line), "{line}");
        }
        for line in [
            "This article is the first of three about the harbour.",
            "This content is for children, says the board, and not for members of parliament to judge by what it costs.",
            "Sign up to clean the beach on Saturday, the mayor asked.",
            "You have read of free ports: this is the story of one.",
            "Already a member of the board, she wanted its chair.",
            "To read the old charts you need a lamp and patience.",
            "Register to vote by the third of May.",
            "The opinions in the village are divided, and the board knows it.",
            "Comments are free, said the old editor, but facts are dear.",
            "Sie müssen sich anmelden, wenn Sie mit dem Boot fahren wollen.",
            "Dieser Text ist nur in einer Abschrift erhalten.",
            "Debe llegar antes de las nueve, dijo el capitán.",
            "The information in the charts was not intended to be secret.",
            "Article 5 continues to divide the house.",
            "Get in touch with the rope, then with the boat.",
            "Do you have a story like this? Most families on the quay do.",
            "We want to hear the bell, they shouted.",
            "Haben Sie Fragen? Der Lotse hatte keine.",
        ] {
            assert!(!is_call(line), "{line}");
        }
    }
}
