//! The browser of a session in two words, so that its user recognises it. Nothing more is kept.

/// “Firefox, Linux” of a `User-Agent` (RFC 9110 §10.1.5).
pub(in crate::web) fn in_words(agent: Option<&str>) -> String {
    let agent = agent.unwrap_or_default();
    let found = |names: &[(&str, &'static str)]| {
        let known = names.iter().find(|(sign, _)| agent.contains(sign));
        known.map_or("?", |(_, name)| *name)
    };
    // Each browser also names those that it imitates: the most particular sign comes first.
    let browser = found(&[
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = found(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    format!("{browser}, {system}")
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn browsers_are_recognised() {
        for (agent, words) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox, Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0 Safari/537.36 Edg/143.0",
                "Edge, Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Safari/604.1",
                "Safari, iPhone",
            ),
            ("curl/8.5", "?, ?"),
        ] {
            assert_eq!(in_words(Some(agent)), words);
        }
    }
}
