"""Short words for loci, people and cases of the tests."""

from caseman.kinship import (
    Case,
    Hypothesis,
    Locus,
    Member,
    Model,
    Mutation,
    MutationModel,
    MutationPair,
    Pedigree,
    Reading,
    Sex,
)


def mutating(model="proportional", rate=0.002, **more):
    mutation = Mutation(MutationModel(model), rate, **more)
    return MutationPair(mutation, mutation)


def locus(name="L1", frequencies=(0.1, 0.2, 0.3, 0.4), *, first=10, **more):
    alleles = tuple(str(first + i) for i in range(len(frequencies)))
    return Locus(name, alleles, tuple(frequencies), **more)


def person(key, father=None, mother=None):
    """A man if the key begins with a capital letter, else a woman."""
    return Member(key, father, mother, Sex.MALE if key[0].isupper() else Sex.FEMALE)


def tree(*members):
    return Pedigree(tuple(m if isinstance(m, Member) else person(*m.split()) for m in members))


def profile(**readings):
    """Readings like L1="10 11"; "10 -" is partial, "" was tried and not seen."""
    return {
        name: Reading(tuple(None if a == "-" else a for a in seen.split()))
        for name, seen in readings.items()
    }


PARENT_CHILD = tree("F", "m", "C F m")
STRANGERS = tree("F", "C")


ONE_LOCUS = (locus(),)


def case(profiles, loci=ONE_LOCUS, first=PARENT_CHILD, second=STRANGERS, **model):
    recombination = model.pop("recombination", None)
    hypotheses = Hypothesis("H1", first), Hypothesis("H2", second)
    return Case("test", tuple(loci), hypotheses, profiles, Model(**model), recombination)
