"""Forms of sign-in. Flask-Security's views make them, fill in ``user`` and ask ``validate``."""

from types import SimpleNamespace
from typing import Any, cast

from flask import current_app, request
from flask_security import Security
from wtforms import HiddenField, PasswordField
from wtforms.validators import Optional

from caseman.accounts.credentials import check_password
from caseman.accounts.models import User
from caseman.accounts.totp import verify_code
from caseman.web.addresses import safe_path
from caseman.web.forms import Answered, Form, TextField
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext

CURRENT_PASSWORD = {"autocomplete": "current-password", "dir": "auto"}
NEW_PASSWORD = {"autocomplete": "new-password", "dir": "auto"}
ONE_TIME_CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}
PAPER_CODE = {"autocomplete": "off", "spellcheck": "false", "dir": "ltr"}


class NextField(HiddenField):
    """Where to go afterwards: a path on this site or nothing."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = safe_path(valuelist[0], default="") if valuelist else ""


class SignInForm(Form):
    """Name and password; every failure reads the same."""

    username = TextField(
        lazy_gettext("User name"),
        required=True,
        longest=100,
        render_kw={"autocomplete": "username", "autocapitalize": "none", "dir": "auto"},
    )
    password = PasswordField(lazy_gettext("Password"), [Answered()], render_kw=CURRENT_PASSWORD)
    next = NextField(validators=[Optional()])

    requires_confirmation = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Flask-Security's
        super().__init__(*args, **kwargs)
        self.user: User | None = None
        if not self.next.data:
            self.next.data = safe_path(request.args.get("next"))

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms'
        if not super().validate(extra_validators):
            return False
        checked = check_password(self.username.data, str(self.password.data))
        self.user = checked.account() if checked else None
        if self.user is None:
            self.form_errors.append(
                _("This name and password do not belong together, or the account is closed.")
            )
        return self.user is not None


class SignInAgainForm(Form):
    """The password once more, before something that matters."""

    password = PasswordField(lazy_gettext("Password"), [Answered()], render_kw=CURRENT_PASSWORD)
    next = NextField(validators=[Optional()])

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.user = user
        if not self.next.data:
            self.next.data = safe_path(request.args.get("next"))

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        if not super().validate(extra_validators):
            return False
        if check_password(self.user.username, str(self.password.data)) is None:
            self.password.errors = [_("This is not your password.")]
            return False
        return True


class SecondFactorSetupForm(Form):
    """Asks for a new second factor; there is one kind."""

    setup = HiddenField(default="authenticator")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.user: User | None = None

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        return super().validate(extra_validators) and self.setup.data == "authenticator"


class CodeForm(Form):
    """The six digits that the authenticator app shows now."""

    code = TextField(
        lazy_gettext("Code from the app"), required=True, longest=20, render_kw=ONE_TIME_CODE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.user: User | None = None
        self.primary_method = ""
        self.tf_totp_secret = ""
        self.is_setup = False

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        if self.user is None or not super().validate(extra_validators):
            return False
        if not verify_code(self.user, self.tf_totp_secret, self.code.data):
            self.code.errors = [
                _("This code is not right, or was used before. Wait for the next one.")
            ]
            return False
        return True


class OtherWaysForm(Form):
    """Stands where Flask-Security wants to list other ways in; our page links to them itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.help_setup = SimpleNamespace(choices=[])


class PaperCodeForm(Form):
    """A code from paper: a recovery code, or one told by the person who restores access."""

    code = TextField(lazy_gettext("Code"), required=True, longest=60, render_kw=PAPER_CODE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.user: User | None = None


class NewRecoveryCodesForm(Form):
    """Asks for new recovery codes."""


class SignOutForm(Form):
    """Signs out."""

    refresh_token = None
    refresh_tracker = None

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.user = user


class RecoveryCodeForm(PaperCodeForm):
    """One of the recovery codes that the person keeps on paper."""

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        if self.user is None or not super().validate(extra_validators):
            return False
        codes = cast("Security", current_app.extensions["security"]).mf_recovery_codes_util
        if not codes.check_recovery_code(cast("Any", self.user), self.code.data):
            self.code.errors = [_("This is not one of your recovery codes, or it was used.")]
            return False
        return True
