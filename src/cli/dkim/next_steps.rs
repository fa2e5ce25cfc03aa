//! What is printed after keys were made: their records, and what to do with them.

use super::write_record;
use crate::app::signing_keys::{Keys, name, record};
use crate::cli::Context;
use crate::store::dkim_key::DkimKey;

/// Prints the records of new keys, and the next steps.
pub(super) fn print(
    context: &mut Context,
    json: bool,
    keys: &Keys,
    after: &[String],
) -> anyhow::Result<()> {
    let out = &mut context.out;
    if json {
        return out.json(&keys.details());
    }
    let new: Vec<&DkimKey> = keys.concerned().collect();
    let domain = new.first().map_or("", |key| key.domain.as_str());
    out.line(format_args!(
        "made {} keys for {domain}; they sign nothing yet",
        new.len()
    ))?;
    for key in &new {
        out.line("")?;
        write_record(out, key)?;
    }
    let names: Vec<_> = new.iter().map(|key| name(key).to_string()).collect();
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
        "Activate the keys: rundbrief dkim activate {}",
        names.join(" ")
    ));
    steps.extend_from_slice(after);
    out.line("\nWhat to do next:")?;
    for (index, step) in steps.iter().enumerate() {
        out.line(format_args!("  {}. {step}", index + 1))?;
    }
    Ok(())
}
