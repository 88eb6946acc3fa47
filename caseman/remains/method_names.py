"""What the texts of the engine's tables are called in the reader's language.

Authors and codes stay as they are; a text that has no name here is shown as it stands.
"""

from typing import Final

from caseman.coding import N_
from caseman.web.words import gettext as _

SITES: Final = {
    "pelvis": N_("Pelvis"),
    "skull": N_("Skull"),
    "sciatic notch": N_("Greater sciatic notch"),
    "rhomboid fossa": N_("Rhomboid fossa of the collarbone"),
    "skull and pelvis": N_("Skull and pelvis"),
    "growth": N_("Stages of growth: teeth and epiphyses"),
    "pubic symphysis": N_("Pubic symphysis"),
    "auricular surface": N_("Auricular surface"),
    "pubic symphysis and auricular surface": N_("Pubic symphysis and auricular surface"),
    "4th rib sternal end": N_("Sternal end of the fourth rib"),
    "ectocranial vault sutures": N_("Sutures of the vault, outside"),
    "ectocranial lateral-anterior sutures": N_("Sutures of the side and front, outside"),
    "medial clavicle 5-phase": N_("Medial end of the collarbone, five phases"),
    "medial clavicle 3-phase": N_("Medial end of the collarbone, three phases"),
    "Maxilla M3 Demirjian": N_("Third molar above, stages of Demirjian"),
    "Mandible M3 Demirjian": N_("Third molar below, stages of Demirjian"),
    "M3 Demirjian": N_("Third molar, stages of Demirjian"),
    "maxillary suture: incisive": N_("Suture of the palate: incisive"),
    "maxillary suture: transverse palatine": N_("Suture of the palate: transverse"),
    "maxillary suture: posterior median palatine": N_("Suture of the palate: median, rear"),
    "maxillary suture: anterior median palatine": N_("Suture of the palate: median, front"),
    "acetabulum+auricular composite": N_("Acetabulum and auricular surface"),
    "vertebral centrum rings T-L": N_("Rings of the vertebrae, chest and loins"),
    "union of proximal radius": N_("Fusion: upper end of the radius"),
    "union of distal fibula / distal tibia": N_("Fusion: lower ends of fibula and tibia"),
    "union of distal femur / proximal fibula": N_(
        "Fusion: lower end of the femur, upper end of the fibula"
    ),
    "union of acromion / iliac crest": N_("Fusion: acromion and iliac crest"),
    "union of humeral head": N_("Fusion: head of the humerus"),
    "union of femoral head / lesser trochanter": N_(
        "Fusion: head of the femur and lesser trochanter"
    ),
    "union of proximal tibia": N_("Fusion: upper end of the tibia"),
    "union of greater trochanter": N_("Fusion: greater trochanter"),
    "union of lesser trochanter": N_("Fusion: lesser trochanter"),
    "union of distal radius": N_("Fusion: lower end of the radius"),
    "union of distal ulna": N_("Fusion: lower end of the ulna"),
    "union of sacrum S3-5": N_("Fusion: sacrum, third to fifth"),
    "union of sacrum S2-3": N_("Fusion: sacrum, second and third"),
    "union of sacrum S1-2": N_("Fusion: sacrum, first and second"),
    "union of medial clavicle": N_("Fusion: medial end of the collarbone"),
    "union of spheno-occipital synchondrosis": N_("Fusion: base of the skull"),
    "union of proximal humerus": N_("Fusion: upper end of the humerus"),
    "union of femoral head": N_("Fusion: head of the femur"),
    "union of distal femur": N_("Fusion: lower end of the femur"),
    "union of distal tibia": N_("Fusion: lower end of the tibia"),
    "union of distal fibula": N_("Fusion: lower end of the fibula"),
    "union of iliac crest": N_("Fusion: iliac crest"),
}
CHOICES: Final = {
    "M": N_("Man"),
    "F": N_("Woman"),
    "any": N_("Sex not known"),
    "left": N_("Left"),
    "right": N_("Right"),
    "present": N_("present"),
    "absent": N_("absent"),
    "modern": N_("modern"),
    "ancient": N_("ancient"),
    "first partial obliteration": N_("first partly closed"),
    "earliest complete obliteration": N_("wholly closed"),
    "only stages 0-1": N_("only stages 0 and 1"),
    "mixed stages 0-3": N_("stages 0 to 3, mixed"),
    "only stages 2-3": N_("only stages 2 and 3"),
    "closure window": N_("closing now"),
    "fusion window": N_("fusing now"),
    "open": N_("open"),
    "partial": N_("partly fused"),
    "complete": N_("fused"),
    "femur": N_("Femur"),
    "tibia": N_("Tibia"),
    "fibula": N_("Fibula"),
    "humerus": N_("Humerus"),
    "radius": N_("Radius"),
    "ulna": N_("Ulna"),
}
GRADES: Final = {
    "-2": N_("-2 (woman)"),
    "-1": N_("-1 (rather woman)"),
    "0": N_("0 (neither)"),
    "1": N_("1 (rather man)"),
    "2": N_("2 (man)"),
}
"""Grades of the traits of Ferembach."""
GROWTH: Final = {
    "max_I1": N_("Central incisor above"),
    "max_I2": N_("Lateral incisor above"),
    "max_C": N_("Canine above"),
    "max_PM1": N_("First premolar above"),
    "max_PM2": N_("Second premolar above"),
    "max_M1": N_("First molar above"),
    "max_M2": N_("Second molar above"),
    "max_M3": N_("Third molar above"),
    "man_I1": N_("Central incisor below"),
    "man_I2": N_("Lateral incisor below"),
    "man_C": N_("Canine below"),
    "man_PM1": N_("First premolar below"),
    "man_PM2": N_("Second premolar below"),
    "man_M1": N_("First molar below"),
    "man_M2": N_("Second molar below"),
    "man_M3": N_("Third molar below"),
    "HPE_EF": N_("Fusion: upper end of the humerus"),
    "HME_EF": N_("Fusion: medial epicondyle of the humerus"),
    "HDE_EF": N_("Fusion: lower end of the humerus"),
    "RPE_EF": N_("Fusion: upper end of the radius"),
    "RDE_EF": N_("Fusion: lower end of the radius"),
    "UPE_EF": N_("Fusion: olecranon, upper end of the ulna"),
    "UDE_EF": N_("Fusion: lower end of the ulna"),
    "ILIS_EF": N_("Fusion: ilium and ischium in the hip socket"),
    "ISPR_EF": N_("Fusion: ramus of ischium and pubis"),
    "IC_EF": N_("Fusion: iliac crest"),
    "FH_EF": N_("Fusion: head of the femur"),
    "FGT_EF": N_("Fusion: greater trochanter"),
    "FLT_EF": N_("Fusion: lesser trochanter"),
    "FDE_EF": N_("Fusion: lower end of the femur"),
    "TPE_EF": N_("Fusion: upper end of the tibia"),
    "TDE_EF": N_("Fusion: lower end of the tibia"),
    "FBPE_EF": N_("Fusion: upper end of the fibula"),
    "FBDE_EF": N_("Fusion: lower end of the fibula"),
    "CT_EF": N_("Fusion: tuberosity of the calcaneus"),
    "HH_Oss": N_("Ossification: head of the humerus"),
    "HGT_Oss": N_("Ossification: greater tubercle of the humerus"),
    "HLT_Oss": N_("Ossification: lesser tubercle of the humerus"),
    "HC_Oss": N_("Ossification: capitulum of the humerus"),
    "HT_Oss": N_("Ossification: trochlea of the humerus"),
    "HLE_Oss": N_("Ossification: lateral epicondyle of the humerus"),
    "PC_Oss": N_("Ossification: patella"),
}
"""Teeth and epiphyses whose stages tell the age of the young."""
STAGES: Final = {
    "absent": N_("before the first of these stages"),
    "Cco": N_("cusps joined"),
    "Coc": N_("outline of the cusps complete"),
    "Cr1/2": N_("half of the crown"),
    "Cr3/4": N_("three quarters of the crown"),
    "Crc": N_("crown complete"),
    "Ri": N_("root begins"),
    "R1/4": N_("a quarter of the root"),
    "R1/2": N_("half of the root"),
    "R3/4": N_("three quarters of the root"),
    "Rc": N_("root complete, apex open"),
    "A1/2": N_("apex half closed"),
    "Ac": N_("apex closed"),
    "present unfused": N_("there, not fused"),
    "fusing (1/2,2,2/3)": N_("fusing"),
    "fused, line visible (3)": N_("fused, line still seen"),
    "completely fused (4)": N_("wholly fused, no line"),
    "fusing": N_("fusing"),
    "fused": N_("fused"),
    "present": N_("ossified"),
}
"""Stages of teeth (after Moorrees, Fanning & Hunt) and of epiphyses."""
PARTS: Final = {
    "max": N_("Teeth of the upper jaw"),
    "man": N_("Teeth of the lower jaw"),
    "EF": N_("Fusion of bones"),
    "Oss": N_("Ossification of epiphyses"),
}
"""What the questions of a long method are grouped under."""
_OF_TEETH: Final = N_(
    "“Before the first of these stages” is for a tooth that has not begun to form in a jaw that is "
    "there and was looked into. A tooth that was lost, in life or later, stays without an answer: "
    "it would make the person too young."
)
_OF_EPIPHYSES: Final = N_(
    "“Before the first of these stages” is for a bone that is there and whose epiphysis has not "
    "begun to ossify. An epiphysis that was not found stays without an answer."
)
PART_HINTS: Final = {
    "max": _OF_TEETH,
    "man": _OF_TEETH,
    "EF": _OF_EPIPHYSES,
    "Oss": _OF_EPIPHYSES,
}
"""What to mind in each of these groups."""
QUESTIONS: Final = {
    **GROWTH,
    "VA": N_("Ventral arc (VA)"),
    "MA": N_("Medial aspect of the ischiopubic ramus (MA)"),
    "SPC": N_("Subpubic contour (SPC)"),
    "notch": N_("Greater sciatic notch"),
    "glabella": N_("Glabella"),
    "mastoid": N_("Mastoid process"),
    "mental": N_("Chin"),
    "orbit": N_("Margin of the orbit"),
    "nuchal": N_("Nuchal crest"),
    "walker_population": N_("Population of the equation"),
    "side": N_("Side"),
    "fossa": N_("Rhomboid fossa"),
    "measurement": N_("Size"),
    "reference": N_("Reference population"),
    "prior": N_("Men among those who may lie here"),
    "bone": N_("Bone"),
    "sex": N_("Sex of the reference sample"),
    "sample": N_("Reference population"),
    "phase": N_("Phase or stage"),
    "measures": N_("Lengths"),
    "population": N_("Reference population"),
    "trait_glabella": N_("Glabella"),
    "trait_mastoid": N_("Mastoid process"),
    "trait_nuchal_relief": N_("Nuchal relief"),
    "trait_zygomatic_process": N_("Zygomatic process"),
    "trait_brow_ridge": N_("Brow ridge"),
    "trait_frontal_and_parietal_bosses": N_("Frontal and parietal bosses"),
    "trait_occipital_protuberance": N_("Occipital protuberance"),
    "trait_zygomatic": N_("Cheek bone"),
    "trait_supramastoid_crest": N_("Supramastoid crest"),
    "trait_frontal_slope": N_("Slope of the forehead"),
    "trait_orbital_margin": N_("Margin of the orbit"),
    "trait_orbit_shape": N_("Shape of the orbit"),
    "trait_mandible_overall": N_("Lower jaw as a whole"),
    "trait_chin": N_("Chin"),
    "trait_gonial_region": N_("Gonial region"),
    "trait_lower_margin": N_("Lower margin of the jaw"),
    "trait_angle": N_("Angle of the jaw"),
    "trait_preauricular_sulcus": N_("Preauricular sulcus"),
    "trait_sciatic_notch": N_("Greater sciatic notch"),
    "trait_pubic_angle": N_("Pubic angle"),
    "trait_composite_arch": N_("Composite arch"),
    "trait_hip_bone_shape": N_("Shape of the hip bone"),
    "trait_obturator_foramen": N_("Obturator foramen"),
    "trait_ischium_body": N_("Body of the ischium"),
    "trait_iliac_crest": N_("Iliac crest"),
    "trait_iliac_fossa": N_("Iliac fossa"),
    "trait_greater_pelvis": N_("Greater pelvis"),
    "trait_auricular_area": N_("Area of the auricular surface"),
    "trait_sacrum": N_("Sacrum"),
    "trait_acetabulum": N_("Acetabulum"),
    "trait_humerus": N_("Humerus"),
    "trait_femur": N_("Femur"),
}
POPULATIONS: Final = {
    "pooled": N_("all groups of the reference data"),
    "White": N_("US White"),
    "Black": N_("US Black"),
    "Asian": N_("Asian"),
    "US": N_("US"),
    "US children, CT, 0-21 y": N_("US children and young, 0 to 21 years, by CT"),
    "South Africa": N_("South Africa"),
    "US+South Africa": N_("US and South Africa"),
    "modern US and English": N_("US and English, modern"),
    "ancient Native American": N_("Native American, ancient"),
    "US and English": N_("US and English"),
    "North American": N_("North American"),
    "European": N_("European"),
    "US White and Black": N_("US White and Black"),
    "US White": N_("US White"),
    "US Black": N_("US Black"),
    "US White (Korean War)": N_("US White (Korean War)"),
    "US Black (Korean War)": N_("US Black (Korean War)"),
    "Asian (Korean War)": N_("Asian (Korean War)"),
    "Mexican (Korean War)": N_("Mexican (Korean War)"),
    "ancient Egyptian (63 M / 37 F, revised Fully stature)": N_(
        "Egypt, ancient (63 men, 37 women; anatomical stature)"
    ),
    "French, cadavers": N_("France, cadavers"),
    "French (Rollet data)": N_("France (data of Rollet)"),
    "Medieval Scandinavia (anatomical stature)": N_("Scandinavia, medieval (anatomical stature)"),
    "Medieval Poland (anatomical stature)": N_("Poland, medieval (anatomical stature)"),
    "Mesoamerican (Mexico)": N_("Mexico"),
    "Finnish": N_("Finland"),
    "European Neolithic": N_("Europe, neolithic"),
    "all populations": N_("all populations"),
    "European Holocene archaeological, all Europe": N_("Europe, archaeological"),
    "European Holocene archaeological, N Europe": N_("Northern Europe, archaeological"),
    "European Holocene archaeological, S Europe": N_("Southern Europe, archaeological"),
    "German living": N_("Germany, living"),
    "Caucasian": N_("European descent"),
}
INTERVALS: Final = {
    "95 % prediction": N_("95 percent, prediction for one person"),
    "90 % prediction": N_("90 percent, prediction for one person"),
    "95 % PI": N_("95 percent, prediction for one person"),
    "95 % HPD": N_("95 percent of the posterior"),
    "95 % posterior": N_("95 percent of the posterior"),
    "95 % posterior, flat prior": N_("95 percent of the posterior"),
    "95 % range": N_("95 percent range"),
    "95 % suggested": N_("95 percent, as the source suggests"),
    "1.96 standard errors (seen)": N_("1.96 standard errors"),
    "1.96 standard errors (computed)": N_("1.96 standard errors"),
    "1.96 standard errors (recalled)": N_(
        "1.96 standard errors; the error is a reference, unverified"
    ),
    "mean and 2 standard deviations": N_("mean and two standard deviations"),
    "observed range": N_("range observed"),
    "range": N_("range"),
    "range (60 = 60+)": N_("range; 60 stands for 60 and above"),
    "modal class": N_("limits of a class, not a 95 percent range"),
    "minimum age": N_("least age"),
    "range with stated probability": N_("range with the chance that the note states"),
    "rule": N_("rule of thumb"),
    ">15 y": N_("least age"),
    ">16 y": N_("least age"),
    "reasonably confident >=18": N_("18 or above, reasonably sure"),
}
NOTES: Final = {
    "beyond the lengths of the reference sample: extrapolated": N_(
        "Beyond the lengths of the reference sample: extrapolated."
    ),
    "undernutrition slows growth: take it as the least age": N_(
        "Hunger slows growth: take it as the least age."
    ),
    "several stages are taken as independent at an age": N_(
        "Several stages are taken as independent of each other: somewhat too narrow."
    ),
    "limits of a class, not a 95 % range": N_("Limits of a class, not a 95 percent range."),
    "reference, unverified": N_("Reference, unverified."),
    "phase of the pubic symphysis / of the auricular surface": N_(
        "Phase of the pubic symphysis, then of the auricular surface."
    ),
    "historic": N_("Of historic interest."),
    "class limits are modal, not prediction intervals (too narrow)": N_(
        "The limits are of classes, no prediction: too narrow."
    ),
    "sum of transverse organisation 1-5, surface texture 1-5, microporosity 1-3, "
    "macroporosity 1-3, apical changes 1-3": N_(
        "Scores added up: organisation and texture of 1 to 5, both porosities and apical changes "
        "of 1 to 3. I is 5 or 6, II 7 or 8, and so on; VII is 17 to 19."
    ),
    "sites 6-10 scored 0-3": N_("Sites 6 to 10, each scored 0 to 3, added up."),
    "low accuracy: supportive only; sites 1-7 scored 0-3": N_(
        "Low accuracy, only in support. Sites 1 to 7, each scored 0 to 3, added up."
    ),
    "adds phase VII; Balkan reference (Kosovo/Bosnia) - use for older females": N_(
        "Adds a phase VII for older women; reference of Kosovo and Bosnia."
    ),
    "no upper limit": N_("No upper limit."),
    "recorded statures; they behave more like reported than like measured stature": N_(
        "Made on recorded statures, which are rather as told than as measured."
    ),
    "anatomical (revised Fully) stature as target; S Europe = Mediterranean/Balkan-like tibia "
    "proportions": N_(
        "Made on anatomical stature. Southern Europe has the proportions of the Mediterranean."
    ),
    "nearest published geographic proxy for Middle East": N_(
        "The nearest published to the Middle East."
    ),
    "cadaver statures, about 2 cm above living": N_(
        "Statures of cadavers, about 2 cm above the living."
    ),
    "male radius line in the code looks wrong (1.92*Rad+12.3) - left out": N_(
        "The equation for the radius of men is left out: its print looks wrong."
    ),
    "already reduced by 2.5 cm from the cadaver-based 1967 form": N_(
        "Already less 2.5 cm than the form of 1967, which was made on cadavers."
    ),
    "cadaver stature; statuAAR subtracts 2.0 cm for the living": N_(
        "Stature of a cadaver: about 2 cm less in life."
    ),
    "line of organic correlation; no sex or ancestry needed; "
    "statuAAR averages all except tibia": N_(
        "Needs neither sex nor population. The tibia is of little weight."
    ),
    "low slopes (regression to the mean): poor at extremes": N_(
        "Poor for very short and very tall people."
    ),
    "T&G tibia excluded the malleolus (Jantz et al. 1995): a tibia measured with malleolus "
    "overestimates by 2.5-3 cm": N_(
        "Made on a tibia without the malleolus: with it the stature comes out 2.5 to 3 cm too tall."
    ),
    "literature: the intercept also printed 85.65; seen": N_(
        "The intercept is also printed as 85.65."
    ),
    "1977 corrigendum value; the 1952 paper printed 3.67*Rad+71.79 (SE 4.59)": N_(
        "As corrected in 1977; the paper of 1952 had 3.67 and 71.79."
    ),
    "statuAAR code uses intercept 72.55; literature (recalled) 72.65 - treat as 72.6 +/-0.05 "
    "T&G tibia excluded the malleolus (Jantz et al. 1995): a tibia measured with malleolus "
    "overestimates by 2.5-3 cm": N_(
        "The intercept is printed as 72.55 and 72.65. Made on a tibia without the malleolus: with "
        "it the stature comes out 2.5 to 3 cm too tall."
    ),
}


def named(names: dict[str, str], text: str) -> str:
    """Return what ``text`` is called, or itself."""
    return _(names[text]) if text in names else text
