"""The places outside the database where heads are left. Each answers with a receipt, or says why not."""
