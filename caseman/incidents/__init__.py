"""What happened: strikes, detention, attacks, each tied to sites, persons and traces."""
