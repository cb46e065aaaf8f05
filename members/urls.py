from members.bodies import urls as bodies
from members.dues import urls as dues
from members.figures import urls as figures
from members.joining import urls as joining
from members.leaving import urls as leaving
from members.papers import urls as papers
from members.people import urls as people
from members.pins import urls as pins
from members.register import urls as register
from members.registers import urls as registers
from members.saved_views import urls as saved_views
from members.savings import urls as savings

app_name = "members"
urlpatterns = [
    *people.urlpatterns,
    *register.urlpatterns,
    *figures.urlpatterns,
    *saved_views.urlpatterns,
    *joining.urlpatterns,
    *savings.urlpatterns,
    *dues.urlpatterns,
    *papers.urlpatterns,
    *pins.urlpatterns,
    *leaving.urlpatterns,
    *bodies.urlpatterns,
    *registers.urlpatterns,
]
