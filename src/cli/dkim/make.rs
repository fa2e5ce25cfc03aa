//! Making a pair of keys: RSA for every receiver, Ed25519 for those that know it.

use anyhow::Context as _;
use chrono::Datelike as _;

use super::{described, name, record, write_record};
use crate::cli::Context;
use crate::delivery::signing::new_key;
use crate::domain::dkim::{Algorithm, selector};
use crate::store::dkim_key::DkimKey;
use crate::store::{self, Db};

/// Makes both keys of a domain, prepared. Returns them among all keys of the installation.
pub(super) async fn pair(
    context: &Context,
    db: &Db,
    domain: &str,
) -> anyhow::Result<(Vec<DkimKey>, Vec<DkimKey>)> {
    let keyring = context.keyring_of(db).await?;
    let now = context.clock.now();
    let known = store::dkim_key::list(&mut db.read().await?).await?;
    let mut made = Vec::new();
    for algorithm in Algorithm::ALL.iter().copied() {
        let taken = |wanted: &str| {
            let mut own = known.iter().filter(|key| key.domain == domain);
            own.any(|key| key.selector == wanted)
        };
        let selector = selector(algorithm, now.utc().year(), now.utc().month(), taken);
        let (keyring, domain) = (keyring.clone(), domain.to_owned());
        let making = move || new_key(&keyring, &domain, selector, algorithm);
        let made_one = tokio::task::spawn_blocking(making).await;
        made.push(made_one.context("the key could not be made")??);
    }
    let mut tx = db.begin().await?;
    for key in &made {
        store::dkim_key::add(&mut tx, key, now).await?;
    }
    let all = store::dkim_key::list(&mut tx).await?;
    tx.commit().await?;
    let is_new = |key: &&DkimKey| {
        made.iter()
            .any(|new| new.domain == key.domain && new.selector == key.selector)
    };
    let new = all.iter().filter(is_new).cloned().collect();
    Ok((all, new))
}

/// Writes the new keys, and what is to be done with them.
pub(super) fn tell(
    context: &mut Context,
    json: bool,
    (all, new): (&[DkimKey], &[DkimKey]),
    after: &[String],
) -> anyhow::Result<()> {
    let out = &mut context.out;
    if json {
        return out.json(
            &new.iter()
                .map(|key| described(all, key))
                .collect::<Vec<_>>(),
        );
    }
    let domain = new.first().map_or("", |key| key.domain.as_str());
    out.line(format_args!(
        "made {} keys for {domain}; they sign nothing yet",
        new.len()
    ))?;
    for key in new {
        out.line("")?;
        write_record(out, key)?;
    }
    let names: Vec<_> = new.iter().map(name).collect();
    let looked_up: String = new
        .iter()
        .map(|key| "\n     dig +short TXT ".to_owned() + &record(key).name)
        .collect();
    let mut steps = vec![
        format!("Publish these records in the DNS of {domain}."),
        "Wait until they are seen everywhere, usually an hour. These print them then:".to_owned()
            + &looked_up,
    ];
    steps.push(format!(
        "Let the keys sign: rundbrief dkim activate {}",
        names.join(" ")
    ));
    steps.extend_from_slice(after);
    out.line("\nWhat to do next:")?;
    for (index, step) in steps.iter().enumerate() {
        out.line(format_args!("  {}. {step}", index + 1))?;
    }
    Ok(())
}
