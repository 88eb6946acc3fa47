"""What an audit entry can say was done."""

from caseman.coding import N_, Code


class Action(Code):
    """The verb of an entry."""

    CREATE = "create", N_("Created")
    UPDATE = "update", N_("Changed")
    DELETE = "delete", N_("Deleted")
    READ = "read", N_("Opened")
    LIST = "list", N_("Listed")
    SIGN_IN = "sign_in", N_("Signed in")
    SIGN_OUT = "sign_out", N_("Signed out")
    REFUSED = "refused", N_("Refused")
    EXPORT = "export", N_("Exported")
    IMPORT = "import", N_("Imported")
    PRINT = "print", N_("Printed")
    OPERATE = "operate", N_("Operator command")
