//! The leadership: the lease of the node that runs the jobs that run once.

use crate::store::leadership::Lease;
use crate::store::{self, Db};

/// Takes or renews a lease, where nobody else holds it. Returns whether `node` holds it now.
pub async fn hold(db: &Db, name: &str, node: &str, lease: Lease) -> store::Result<bool> {
    let mut tx = db.begin().await?;
    let holds = store::leadership::hold(&mut tx, name, node, lease).await?;
    tx.commit().await?;
    Ok(holds)
}

/// Gives a lease back, so that another node can take it at once.
pub async fn resign(db: &Db, name: &str, node: &str) -> store::Result<()> {
    let mut tx = db.begin().await?;
    store::leadership::resign(&mut tx, name, node).await?;
    tx.commit().await
}
