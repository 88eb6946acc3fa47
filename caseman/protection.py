"""How badly it would hurt if a column became known: a class for every column of every table.

P0 is published. P1 are numbers, states, counts and references. P2 is what is told, found or
thought about people, and the secrets of accounts. P3 could cost a life: who informed us, how they
can be reached, where a grave lies that nobody has opened. P3 is stored sealed, and no export and
no printed paper holds any of it.

Names of staff are P2 here, because signatures and custody must be legible in court; an operation
whose staff is in danger lets them act under other names.
"""

from collections.abc import Iterator
from enum import IntEnum


class Protection(IntEnum):
    """The four classes, from open to life-threatening."""

    P0 = 0
    P1 = 1
    P2 = 2
    P3 = 3


P0, P1, P2, P3 = Protection

COLUMNS: dict[str, dict[Protection, str]] = {
    "ante_mortem_report": {
        P1: "id number missing_person_id channel triage source source_id language told_at"
        " taken_by_id interview withdrawn_at corrected_at version",
        P2: "told_with_id helped_by withdrawn_reason triage_note name_full name_given name_father"
        " name_grandfather name_family name_mother nickname sex birth_text birth_calendar"
        " birth_from birth_to age_told_min age_told_max age_text birth_place occupation"
        " last_seen_text last_seen_calendar last_seen_precision last_seen_from"
        " last_seen_to last_seen_place last_seen_lat last_seen_lon place_precision region"
        " circumstance circumstance_text carried_id stature_cm stature_text stature_word handedness"
        " hair physical_text dental_codes teeth dental_text medical_text absences",
    },
    "attempt": {P1: "id key_digest at"},
    "audit_entry": {
        P1: "id seq at actor_id action table_name row_id subject row_digest mac",
        P2: "actor_name reason changes",
    },
    "belongings_catalogue": {
        P1: "id number operation_id state made_by_id made_at fixed_by_id fixed_at version",
        P2: "title withdrawn_reason",
    },
    "belongings_viewing": {
        P1: "id uid number catalogue_id report_id looked_at recorded_by_id recorded_at struck_at"
        " struck_by_id version",
        P2: "missing_person_id relation place said_first struck_reason",
        P3: "viewer_sealed present_sealed",
    },
    "biological_profile": {
        P1: "id remains_id version",
        P2: "assessor examined_by examined_on sex sex_method age_min age_max age_method"
        " stature_cm stature_se_cm stature_min_cm stature_max_cm stature_method handedness hair"
        " regions_present dental_observable dental_codes notes absences",
    },
    "bone_finding": {
        P1: "id remains_id",
        P2: "element side state age_class pieces zones preservation weathering joins note part",
    },
    "bone_measurement": {
        P1: "id remains_id",
        P2: "measure side length_mm taken_by taken_on",
    },
    "burial_plot": {
        P1: "id uid place_id kind row number head_to_deg depth_m marker precision_m version",
        P3: "position_sealed way_sealed",
    },
    "call_record": {
        P1: "id uid report_id called_at called_by_id call_outcome next_step not_before recorded_at",
        P2: "call_reason",
        P3: "phone_sealed said_sealed",
    },
    "candidate": {
        P1: "id remains_id model ranked_at rank_before",
        P2: "missing_person_id log10_lr posterior lines",
    },
    "candidate_left": {P1: "id remains_id rank_before left_at", P2: "missing_person_id"},
    "catalogue_item": {
        P1: "id catalogue_id place photograph_id decoy_id category kind colour",
    },
    "catalogue_site": {P1: "id catalogue_id site_id"},
    "companion": {P1: "id report_id", P2: "name missing_person_id"},
    "context": {
        P1: "id feature_id number kind top_m bottom_m recorded_on version",
        P2: "colour texture inclusions recorded_by description interpretation",
    },
    "context_relation": {P1: "id upper_id lower_id kind"},
    "custody_receipt": {
        P1: "id transfer_id received_by_user_id received_count received_at recorded_at agrees",
        P2: "received_by notes",
    },
    "custody_transfer": {
        P1: "id number operation_id site_id given_by_user_id from_place_id to_place_id purpose"
        " authority declared_count handed_over_at recorded_at",
        P2: "given_by given_to notes",
    },
    "decision": {
        P1: "id number pairing_id remains_id outcome basis decided_at revoked_at version",
        P2: "missing_person_id snapshot",
    },
    "decoy": {
        P1: "id number operation_id category kind colour media_file_id origin added_by_id added_at"
        " retired_at version",
    },
    "derivative": {P1: "id media_file_id kind sha256 media_type width height"},
    "dna_consent": {
        P1: "id relative_id given_on manner may_go_abroad recorded_at recorded_by_id withdrawn_at"
        " version",
        P2: "consent_text withdrawn_reason",
    },
    "dna_compared": {P1: "id", P2: "operation_id source_id digest"},
    "dna_likeness": {
        P1: "id found_at",
        P2: "operation_id first_id second_id relation log10_lr compared differing",
    },
    "likeness_finding": {
        P1: "id decided_at decided_by_id",
        P2: "first_id second_id finding reason",
    },
    "dna_misfit": {
        P1: "id found_at",
        P2: "missing_person_id relative_id source_id log10_lr markers is_either",
    },
    "dna_result": {
        P1: "id remains_id markers weighed_at",
        P2: "source_id missing_person_id log10_lr relatives",
    },
    "dna_screened": {P1: "id operation_id", P2: "source_id missing_person_id digest"},
    "dna_source": {P1: "id code uid operation_id kind registered_at withdrawn_at version"},
    "effect_photograph": {P1: "id effect_id media_file_id fit_at fit_by_id", P2: "caption"},
    "effect_word": {P1: "id row_id", P2: "word"},
    "estimate_set_aside": {
        P1: "id remains_id estimate_id set_at set_by_id lifted_at lifted_by_id version",
        P2: "reason",
    },
    "exhibit": {
        P1: "id number kind site_id seal_number place_id standing last_transfer_id voided_at"
        " version",
        P2: "description",
    },
    "effect_given_out": {P1: "id release_id effect_id"},
    "effect_release": {
        P1: "id uid number site_id state basis prepared_by_id prepared_at approved_by_id"
        " approved_at released_by_id released_on ended_on ended_by_id version",
        P2: "why ended_because",
        P3: "recipient_sealed",
    },
    "family_access": {P1: "id report_id created_at", P2: "reference secret_hash"},
    "another_draft": {
        P1: "id uid first_report_id begun_at saved_at",
        P3: "answers_sealed",
    },
    "family_draft": {
        P1: "id uid begun_at saved_at",
        P2: "reference secret_hash",
        P3: "answers_sealed",
    },
    "family_notification": {
        P1: "id uid decision_id told_by_user_id told_on manner recorded_at",
        P2: "told_by place wishes",
        P3: "told_sealed",
    },
    "feature": {
        P1: "id site_id number kind name length_m width_m depth_m opened_on closed_on version",
        P2: "notes absences",
    },
    "found_name": {P1: "id remains_id kind", P2: "name mother birth_year"},
    "found_with": {P1: "id remains_id other_id"},
    "frequency_table": {
        P0: "name population source chromosomes minimum_rule minimum frequencies",
        P1: "id operation_id added_at added_by_id",
    },
    "idempotency_key": {P1: "id key user_id path body_digest location at"},
    "genotype_export": {
        P1: "id number operation_id file submission_id is_abroad asked_at asked_by_id state"
        " decided_at decided_by_id expires_on fetched fetched_at version",
        P2: "missing_person_id remains_source_id recipient purpose reason decision_reason",
    },
    "import_run": {
        P1: "id operation_id kind sha256 at rows created unchanged refused",
        P2: "file_name",
    },
    "imported_row": {P1: "id operation_id run_id kind source_id digest record_id"},
    "incident": {
        P1: "id uid operation_id number kind registered_at version",
        P2: "name began ended first_day last_day place region happened munitions",
        P3: "informed_by_sealed",
    },
    "incident_exhibit": {
        P1: "id incident_id exhibit_id tied_at tied_by_id loosened_at",
        P2: "why",
    },
    "incident_person": {
        P1: "id incident_id tied_at tied_by_id loosened_at",
        P2: "missing_person_id why",
    },
    "incident_site": {
        P1: "id incident_id site_id tied_at tied_by_id loosened_at",
        P2: "why",
    },
    "incident_word": {P1: "id row_id", P2: "word"},
    "informant": {
        P1: "id uid report_id may_contact version",
        P2: "relation phone_index",
        P3: "name_sealed phone_sealed contact_sealed safe_contact_sealed reach_sealed",
    },
    "invitation": {P1: "id user_id issued_by_id issued_at expires_at used_at", P2: "code_digest"},
    "job": {
        P1: "id kind payload unique_key state attempts queued_at not_before heartbeat finished_at"
        " error",
    },
    "joint_pair": {
        P1: "id joint_remains_id",
        P2: "missing_person_id alone together least most is_best",
    },
    "joint_remains": {P1: "id solution_id remains_id", P2: "nobody_alone nobody change"},
    "joint_solution": {P1: "id site_id solved_at bodies left_out bound"},
    "laboratory_settings": {
        P1: "id operation_id table_id threshold candidates theta mutation female_rate male_rate"
        " set_at set_by_id version",
    },
    "learned_model": {
        P1: "id version state asked_by_id asked_at finished_at discarded_by_id code_version"
        " began_with identified scientific excluded parameters lesson",
    },
    "mark": {P1: "id remains_id", P2: "kind code region description serial_number maker"},
    "media_file": {
        P1: "id sha256 media_type size received_at received_from_id",
        P2: "original_name taken_at",
    },
    "membership": {P1: "id user_id team_id"},
    "method_estimate": {
        P1: "id remains_id taken_at taken_by_id",
        P2: "about method inputs title population source status unit value lowest highest"
        " interval_kind notes",
    },
    "missing_person": {
        P1: "id uid number operation_id status channel has_photograph duplicate_of_id closed_at"
        " registered_at evidence_changed_at version",
        P2: "name name_latin name_sort sex birth_from birth_to last_seen_from last_seen_to"
        " last_seen_place last_seen_place_sort closed_reason dna_refused",
    },
    "name_token": {P1: "id", P2: "text"},
    "name_token_key": {P1: "id token_id", P2: "key"},
    "number_block": {P1: "id feature_id team_id kind first last upcoming"},
    "number_event": {
        P1: "id remains_id kind other_id from_feature_id to_feature_id at by_id",
        P2: "reason",
    },
    "operation": {P1: "id code name"},
    "pathology": {
        P1: "id remains_id mark_id registered_at struck_at struck_by_id version",
        P2: "element side segment description is_x_rayed known described_by described_on"
        " struck_reason kind lesion activity size_text differential",
    },
    "own_equation": {
        P0: "method year population sex measures slope intercept_cm error_cm n mean_x_cm sd_x_cm"
        " lowest_cm highest_cm source note",
        P1: "id operation_id added_at added_by_id out_of_use_at out_of_use_by_id version",
        P2: "out_of_use_reason",
    },
    "own_table": {
        P0: "kind method year population lines",
        P1: "id operation_id added_at added_by_id out_of_use_at out_of_use_by_id version",
        P2: "out_of_use_reason",
    },
    "pairing": {
        P1: "id number remains_id state round opened_by_id opened_at due_on closed_at model rank"
        " version prior_overlap prior_persons",
        P2: "missing_person_id log10_lr posterior",
    },
    "pairing_line": {
        P1: "id pairing_id line judged_by_id judged_at version",
        P2: "engine_verdict log10_lr ingredients verdict explanation",
    },
    "person": {P1: "id", P2: "name"},
    "person_name": {P1: "id operation_id", P2: "token_id missing_person_id slot"},
    "personal_effect": {
        P1: "id number ordinal site_id feature_id found_on_id remains_id exhibit_id category kind"
        " slot colour second_colour material size body_place grid_e_m grid_n_m depth_m voided_at"
        " context_id registered_at quantity side wear_layer pattern size_system traces"
        " damage_beneath inside_id version",
        P2: "trace_note descriptor brand inscription description void_reason moved_because"
        " absences",
    },
    "printed_block": {P1: "id feature_id team_id kind first last printed_at printed_by_id"},
    "printed_file": {
        P1: "id uid number kind asked_by_id asked_at state finished_at pages",
        P2: "html_sealed pdf_sealed",
    },
    "model_use": {P1: "id learned_model_id taken_by_id taken_at", P2: "reason"},
    "profile_source": {P1: "id remains_id about estimate_id"},
    "ranked_change": {P1: "id run_id remains_id changed_at ranked_at", P2: "missing_person_id"},
    "ranking_run": {
        P1: "id state reason asked_by_id asked_at read_at finished_at cancelled_by_id code_version"
        " model parameters priors remains persons candidates done changes",
    },
    "ranking_tables": {P1: "id run_id", P3: "tables_sealed"},
    "reassociation": {
        P1: "id remains_id other_id state proposed_at proposed_by_id signed_at signed_by_id"
        " undone_at undone_by_id tests version",
        P2: "reason undone_reason",
    },
    "receipt_item": {P1: "id receipt_id exhibit_id received seal_number condition"},
    "recognition": {
        P1: "id viewing_id item_id recorded_by_id recorded_at",
        P2: "answer said reason",
    },
    "recovery_event": {
        P1: "id remains_id recovered_on recovered_at_text team_id grid_e_m grid_n_m depth_m"
        " body_position orientation_deg completeness condition version articulation direction"
        " head_facing arms legs preservation weathering blindfold bound_places bound_with"
        " ballistic ballistic_places",
        P2: "recovered_by notes absences",
    },
    "reference_sample": {
        P1: "id number relative_id consent_id material taken_on registered_at version",
        P2: "taken_by note specimen_id",
    },
    "relative": {
        P1: "id uid missing_person_id ordinal kin sex registered_at version",
        P2: "through_id bond living own_record_id note source_id",
        P3: "name_sealed",
    },
    "relative_use": {
        P1: "id decided_at decided_by_id",
        P2: "relative_id source_id is_used reason",
    },
    "relative_to_tell": {
        P1: "id uid decision_id ordinal added_by_id added_at notification_id left_out_at version",
        P2: "relation left_out_reason",
        P3: "who_sealed",
    },
    "release": {
        P1: "id uid number decision_id remains_id state prepared_by_id prepared_at"
        " approved_by_id approved_at released_by_id released_on reburied_on version",
        P2: "not_recovered reburial_place reburial_plot",
        P3: "recipient_sealed reburial_position_sealed",
    },
    "released_effect": {P1: "id release_id effect_id"},
    "remains": {
        P1: "id number kind sequence site_id feature_id exhibit_id source_id status deposit_from"
        " deposit_to layer context_id voided_at registered_at evidence_changed_at version",
        P2: "absences",
    },
    "remains_photograph": {
        P1: "id remains_id media_file_id shows_number shows_scale shows_north grid_e_m grid_n_m"
        " depth_m facing_deg",
        P2: "caption",
    },
    "remains_sample": {
        P1: "id number remains_id exhibit_id material element side fdi weight_g cut_on"
        " registered_at voided_at version",
        P2: "cut_by note void_reason specimen_id",
    },
    "remains_summary": {
        P1: "id remains_id completeness is_photographed is_examined has_candidates",
        P2: "sex",
    },
    "report_addition": {P1: "id report_id kind added_at seen_at", P2: "text"},
    "report_consent": {
        P1: "id report_id team_id said_at form_version language recorded_by_id ended_at",
        P2: "purpose is_given",
    },
    "report_photograph": {P1: "id report_id media_file_id", P2: "caption"},
    "report_sharing": {
        P1: "id report_id team_id consented_on shared_at ended_at version",
        P2: "consent_text ended_reason",
    },
    "reported_effect": {
        P1: "id report_id ordinal",
        P2: "category kind slot colour descriptor material inscription description",
    },
    "reported_mark": {P1: "id report_id", P2: "kind code region description"},
    "revocation": {
        P1: "id decision_id asked_by_id asked_by_person_id asked_at confirmed_by_id"
        " confirmed_by_person_id confirmed_at version",
        P2: "reason rested_on_it",
    },
    "role_grant": {
        P1: "id user_id role granted_by_id granted_at needs_confirmation confirmed_by_id"
        " confirmed_at expires_at revoked_at",
    },
    "second_factor_reset": {
        P1: "id user_id asked_by_id asked_at confirmed_by_id confirmed_at expires_at used_at"
        " withdrawn_at version",
        P2: "reason code_digest",
    },
    "screening_run": {
        P1: "id operation_id state started_at finished_at sources families done pairs",
        P2: "faults",
    },
    "power_analysis": {
        P1: "id state asked_at finished_at samples needed",
        P2: "missing_person_id additions",
    },
    "server_session": {P1: "id user_id epoch created_at seen_at ended_at", P2: "digest data"},
    "signature": {
        P1: "id pairing_id round step person_id user_id outcome basis signed_at signed_digest"
        " voided_at void_reason",
        P2: "statement",
    },
    "same_person_finding": {
        P1: "id finding status_before decided_at decided_by_id undone_at undone_by_id version",
        P2: "one_id another_id kept_id moved reason undone_reason",
    },
    "site": {
        P1: "id uid operation_id code source_id kind status name names folded precision_m region"
        " reported_on deposit_from deposit_to authority version",
        P2: "hazards notes absences",
        P3: "position_sealed informed_by_sealed",
    },
    "site_prior": {P1: "id site_id overlap set_by_id set_at", P2: "reason"},
    "site_assignment": {P1: "id team_id site_id"},
    "site_tip": {
        P1: "id uid operation_id told_at language state site_id version",
        P2: "state_note",
        P3: "told_sealed position_sealed",
    },
    "site_tip_photograph": {P1: "id tip_id media_file_id"},
    "site_visit": {
        P1: "id site_id team_id first_day last_day purpose hazard authority version",
        P2: "hazards led_by present notes",
    },
    "site_word": {P1: "id row_id word"},
    "specimen": {
        P1: "id code operation_id submission_id material status version",
        P2: "source_id",
    },
    "specimen_event": {P1: "id specimen_id status happened_on recorded_at by_id", P2: "note"},
    "storage_place": {
        P1: "id operation_id parent_id code name kind capacity version",
        P2: "notes",
    },
    "staff_member": {
        P1: "id uid number operation_id activity given_on manner registered_at registered_by_id"
        " withdrawn_at version",
        P2: "consent_text withdrawn_reason source_id",
        P3: "name_sealed",
    },
    "staff_sample": {
        P1: "id number member_id material taken_on registered_at version",
        P2: "taken_by specimen_id",
    },
    "support_contacts": {P0: "text", P1: "id operation_id version"},
    "submission": {
        P1: "id number operation_id prepared_at prepared_by_id sent_on version",
        P2: "laboratory note",
    },
    "team": {P1: "id operation_id code name covers_operation version"},
    "tooth_finding": {P1: "id remains_id", P2: "fdi state surfaces material note"},
    "trail_check": {
        P1: "id asked_by_id asked_at expected checked finished_at is_whole first_bad",
    },
    "transfer_summary": {P1: "id transfer_id is_received disagrees"},
    "transfer_item": {P1: "id transfer_id exhibit_id seal_number condition"},
    "typing_run": {
        P1: "id uid specimen_id kit label typed_on markers imported_at imported_by_id verified_at"
        " verified_by_id rejected_at set_aside_at version",
        P2: "genotype_sealed rejected_reason",
    },
    "trauma": {
        P1: "id remains_id mark_id registered_at struck_at struck_by_id version",
        P2: "element side segment description is_x_rayed known described_by described_on"
        " struck_reason timing criteria mechanism length_mm width_mm depth_mm fractures wound bevel"
        " path projectile tool least_number pattern",
    },
    "user_account": {
        P1: "id uid person_id active language session_epoch tf_primary_method totp_last_step"
        " created_at version",
        P2: "username password fs_uniquifier tf_totp_secret_sealed mf_recovery_codes",
    },
    "voice_note": {
        P1: "id uid report_id kind size received_at received_from_id heard_at heard_by_id"
        " taken_back_at",
        P3: "sound_sealed",
    },
}
"""Table -> class -> its columns. A column that stands nowhere fails the tests."""

_CLASS_OF = {
    (table, column): protection
    for table, classes in COLUMNS.items()
    for protection, columns in classes.items()
    for column in columns.split()
}


def protection_of(table: str, column: str) -> Protection:
    """Return the class of a column; one that nobody has classed counts as P3."""
    return _CLASS_OF.get((table, column), Protection.P3)


def classed_columns() -> Iterator[tuple[str, str, Protection]]:
    """Yield every classed column as (table, column, class)."""
    for (table, column), protection in _CLASS_OF.items():
        yield table, column, protection
