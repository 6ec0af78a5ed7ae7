//! The short made-up articles of which made-up archives consist.

/// Title, date, outlet and text after the title.
pub type Story = (&'static str, &'static str, &'static str, &'static str);

pub const STORIES: [Story; 5] = [
    (
        "وزيرة الزراعة: موسم الزيتون أفضل من العام الماضي",
        "2024-11-03",
        "صحيفة المرفأ",
        "طرابلس - قالت وزيرة الزراعة ليلى الحداد إن موسم الزيتون هذا العام \"أفضل من العام الماضي\" في معظم القرى.\n\n\
         وأضافت الحداد خلال زيارة إلى صور: «سنشتري 1200 طن من المزارعين بسعر عادل».\n\n\
         وأكد رئيس اتحاد المزارعين سامر نعمة أن الأمطار المبكرة أنقذت الأشجار، مشيرا إلى أن الاتحاد طلب قروضا من مصرف الساحل.",
    ),
    (
        "Harbour of Tyre reopens after two years of repairs",
        "2024-10-28",
        "Coast Wire",
        "The harbour of Tyre (صور) reopened on Monday, two years after the storm that broke its outer wall.\n\n\
         \"The boats can come home now,\" harbour master Nadia Farah said. Coast Bank paid 4.5 million for the work.",
    ),
    (
        "مصرف الساحل يخفض الفائدة على قروض المزارعين",
        "2024-10-21",
        "صحيفة المرفأ",
        "أعلن مصرف الساحل اليوم خفض الفائدة على القروض الزراعية إلى 3.5% ابتداء من كانون الثاني.\n\n\
         وقال مدير المصرف كريم صباغ: «نثق بالمزارعين». ورحب سامر نعمة بالقرار.",
    ),
    (
        "Rain returns to the hills",
        "2024-10-09",
        "Coast Wire",
        "Farmers in the hills above Tripoli welcomed the first rain since April. Samer Nehme, who heads their union, said it had come just in time.",
    ),
    (
        "افتتاح معرض الكتاب في طرابلس",
        "2024-09-30",
        "راديو التل",
        "افتتح معرض الكتاب في طرابلس بمشاركة 80 دار نشر. وقالت ليلى الحداد إنها اشترت كتابا واحدا فقط.",
    ),
];
